package dev.postrider.mailet.standard;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.Terminal;
import java.util.Optional;

/**
 * Reports to the sender that the mail failed (RFC 3464). Unlike in Apache James the mail does not
 * go on afterwards.
 */
@Doc(
    "Reports to the sender that the mail can't be delivered; nothing is sent where the sender is"
        + " null or wants no report. In a session Refuse is better: it makes no new mail.")
@Terminal
@Does(Action.BOUNCE)
public final class Bounce implements Mailet {

  private static final String DEFAULT = "The message could not be delivered";

  private final Optional<String> message;
  private final EnhancedStatus status;

  /**
   * Bounces with a status and a text.
   *
   * @throws IllegalArgumentException when the status is not of class 5
   */
  public Bounce(
      @Param(
              name = "message",
              doc =
                  "What the report says, one sentence. Where it is missing: the notice of"
                      + " ToProcessor, else \"The message could not be delivered\".")
          Optional<String> message,
      @Param(
              name = "status",
              doc = "The status of class 5 in the report (RFC 3463).",
              defaultValue = "5.0.0")
          EnhancedStatus status) {
    if (status.kind() != 5) {
      throw new IllegalArgumentException("the status of a bounce has class 5, not " + status);
    }
    this.message = message.map(Notice::line);
    this.status = status;
  }

  @Override
  public Outcome process(Mail mail) {
    String text = message.or(() -> Notice.of(mail)).orElse(DEFAULT);
    return Outcome.done(new Effect.Bounce(mail, new Status(550, status, text)));
  }
}
