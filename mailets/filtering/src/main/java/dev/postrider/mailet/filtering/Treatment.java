package dev.postrider.mailet.filtering;

import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Status;

/** What becomes of a mail that a filter spoke against. */
public enum Treatment {
  /** The peer gets a permanent refusal. */
  REFUSE,
  /** It waits until an admin decides. */
  HOLD,
  /** It goes on; attributes, and a header field where one is wished, say what the filter found. */
  MARK;

  private static final int TEXT = 300;

  /**
   * The outcome.
   *
   * @param mail as it goes on when it is marked
   * @param code of the refusal, such as {@code 550}
   * @param text for the peer; made fit for a reply
   * @param reason for the admin; made fit for the ledger
   */
  public Outcome outcome(Mail mail, int code, String text, String reason) {
    return switch (this) {
      case REFUSE -> new Outcome.Refuse(refusal(code, text));
      case HOLD -> new Outcome.Hold(OnFailure.oneLine(reason));
      case MARK -> Outcome.next(mail);
    };
  }

  /** A refusal for what is in a mail (RFC 3463 §3.8), of the class of its code. */
  public static Status refusal(int code, String text) {
    String line = OnFailure.oneLine(text);
    return new Status(
        code,
        new EnhancedStatus(code / 100, 7, 1),
        line.substring(0, Math.min(line.length(), TEXT)));
  }
}
