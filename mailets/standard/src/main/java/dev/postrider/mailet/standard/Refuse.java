package dev.postrider.mailet.standard;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.Terminal;
import java.util.Optional;

/** Refuses the mail: in a session by this reply, from the spool by a report to the sender. */
@Doc(
    "Refuses the mail for these recipients. In a session the peer gets this reply; a mail that was"
        + " accepted before is bounced (5xx) or tried again later (4xx).")
@Terminal
@Does(Action.REFUSE)
public final class Refuse implements Mailet {

  private static final String DEFAULT = "Refused by policy";

  private final int code;
  private final EnhancedStatus status;
  private final Optional<String> text;

  /**
   * Refuses with a reply.
   *
   * @throws IllegalArgumentException when code and status don't agree or are no refusal
   */
  public Refuse(
      @Param(name = "code", doc = "The reply code, 4xx or 5xx.", defaultValue = "550") int code,
      @Param(
              name = "status",
              doc = "The enhanced status; 4.7.1 or 5.7.1 where it is missing, as the code says.")
          Optional<EnhancedStatus> status,
      @Param(
              name = "text",
              doc =
                  "What the peer is told, one sentence. Where it is missing: the notice of"
                      + " ToProcessor, else \"Refused by policy\".")
          Optional<String> text) {
    if (code < 400 || code > 599) {
      throw new IllegalArgumentException("a refusal has a code 4xx or 5xx, not " + code);
    }
    this.code = code;
    this.status =
        new Status(code, status.orElse(new EnhancedStatus(code / 100, 7, 1)), "").enhanced();
    this.text = text.map(Notice::line);
  }

  @Override
  public Outcome process(Mail mail) {
    String line = text.or(() -> Notice.of(mail)).orElse(DEFAULT);
    return new Outcome.Refuse(new Status(code, status, line));
  }
}
