package dev.postrider.mailet.filtering;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;

/** What becomes of a mail that a filter could not judge. */
public enum OnFailure {
  /** It goes on unchanged. */
  OPEN,
  /** It is looked at again later; in a session the peer is told to come again. */
  DEFER;

  private static final int REASON = 300;

  /** The outcome for a mail, with a reason for the ledger. */
  public Outcome outcome(Mail mail, String reason) {
    return switch (this) {
      case OPEN -> Outcome.next(mail);
      case DEFER -> new Outcome.Defer(oneLine(reason));
    };
  }

  /** Text of a filter made fit for the ledger: one line of at most 300 characters. */
  public static String oneLine(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(REASON)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(out::appendCodePoint);
    return out.toString().strip();
  }
}
