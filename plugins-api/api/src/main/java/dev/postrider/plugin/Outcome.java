package dev.postrider.plugin;

import java.util.List;

/**
 * What a mailet decided for a mail and all its recipients.
 *
 * @since 1.0
 */
public sealed interface Outcome {

  /**
   * Go on with the next entry.
   *
   * @param mail the mail as it goes on; its recipients may differ
   * @param effects what shall happen besides
   */
  record Continue(Mail mail, List<Effect> effects) implements Outcome {
    /** Copies the list. */
    public Continue {
      effects = List.copyOf(effects);
    }
  }

  /**
   * Go on at the start of another processor.
   *
   * @param processor its name ({@code state} in the XML)
   * @param mail the mail as it goes on
   */
  record GoTo(ProcessorName processor, Mail mail) implements Outcome {}

  /**
   * The effects give every recipient its fate; a recipient that no effect covers is held.
   *
   * @param effects what shall happen
   */
  record Done(List<Effect> effects) implements Outcome {
    /** Copies the list. */
    public Done {
      effects = List.copyOf(effects);
    }
  }

  /**
   * Don't take the mail for these recipients. In a session the peer gets this status; later the
   * sender gets a bounce.
   *
   * @param status of class 4 or 5
   */
  record Refuse(Status status) implements Outcome {
    /** Checks the class. */
    public Refuse {
      if (!status.isTemporary() && !status.isPermanent()) {
        throw new IllegalArgumentException("a refusal has class 4 or 5, not " + status);
      }
    }
  }

  /**
   * Run the pipeline again later for these recipients; in a session the peer is told to try again.
   *
   * @param reason one line for the ledger
   */
  record Defer(String reason) implements Outcome {}

  /**
   * Keep the mail for these recipients until an admin releases it.
   *
   * @param reason one line for the admin
   */
  record Hold(String reason) implements Outcome {}

  /**
   * Drop the mail for these recipients; the ledger names the reason.
   *
   * @param reason the rule that decided it, one line
   */
  record Discard(String reason) implements Outcome {}

  /** Go on unchanged or changed, nothing besides. */
  static Outcome next(Mail mail) {
    return new Continue(mail, List.of());
  }

  /** Done with one effect. */
  static Outcome done(Effect effect) {
    return new Done(List.of(effect));
  }
}
