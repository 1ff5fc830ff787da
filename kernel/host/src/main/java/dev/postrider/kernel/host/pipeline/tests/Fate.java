package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.kernel.pipeline.Plan;

/** What a test can expect of a recipient. */
public enum Fate {
  /** Put into a mailbox. */
  DELIVERED,
  /** Sent to another host. */
  RELAYED,
  /** Reported to the sender as failed. */
  BOUNCED,
  /** A new mail was sent to them. */
  SENT,
  /** Not taken, with a reply. */
  REFUSED,
  /** To be tried again. */
  DEFERRED,
  /** Kept until an admin releases it. */
  HELD,
  /** Dropped by a rule. */
  DISCARDED;

  static Fate of(Plan.Step step) {
    return switch (step) {
      case Plan.Step.Deliver _ -> DELIVERED;
      case Plan.Step.Relay _ -> RELAYED;
      case Plan.Step.Bounce _ -> BOUNCED;
      case Plan.Step.Emit _ -> SENT;
      case Plan.Step.Refuse _ -> REFUSED;
      case Plan.Step.Defer _ -> DEFERRED;
      case Plan.Step.Hold _ -> HELD;
      case Plan.Step.Discard _ -> DISCARDED;
    };
  }
}
