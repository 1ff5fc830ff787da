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

  /** Why there is no verdict, in one line for log and ledger. */
  public static String reason(String filter, Exception fault) {
    String why = fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    return oneLine(filter + " failed: " + why);
  }

  /** Text of a filter made fit for the ledger: one line of at most 300 characters. */
  public static String oneLine(String text) {
    return oneLine(text, REASON);
  }

  /** The same with another limit. */
  public static String oneLine(String text, int characters) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(characters)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(out::appendCodePoint);
    return out.toString().strip();
  }
}
