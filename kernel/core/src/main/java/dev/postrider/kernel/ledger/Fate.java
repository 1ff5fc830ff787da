package dev.postrider.kernel.ledger;

/** How the way of a mail to one recipient ended, or where it stands. */
public enum Fate {
  /** In a local mailbox. */
  DELIVERED,
  /** Taken over by another host. */
  RELAYED,
  /** The sender was told that it failed, or did not want to know. */
  BOUNCED,
  /** Dropped by a named rule. */
  DISCARDED,
  /** Not taken at the door. */
  REFUSED,
  /** Given up after the retry time. */
  EXPIRED,
  /** Waits for an admin. */
  HELD,
  /** In the outbound queue. */
  QUEUED,
  /** Removed by an admin. */
  REMOVED
}
