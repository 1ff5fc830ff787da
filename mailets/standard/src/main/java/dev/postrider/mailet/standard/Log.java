package dev.postrider.mailet.standard;

import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes one log line per mail, and one per header field and line of body where asked for. Values
 * from the mail are shortened to 80 characters and freed of control characters.
 */
@Doc("Writes the mail's id, sender and recipients to the log, with header and body on request.")
@Does({})
public final class Log implements Mailet {

  private final System.Logger log;
  private final LogLevel level;
  private final Optional<String> message;
  private final boolean headers;
  private final boolean body;
  private final ByteSize maxBody;

  /** Logs at a level. */
  public Log(
      System.Logger log,
      @Param(name = "level", doc = "trace, debug, info, warn or error.", defaultValue = "info")
          LogLevel level,
      @Param(name = "message", doc = "Text to begin the line with.") Optional<String> message,
      @Param(
              name = "headers",
              doc = "Whether to log each header field, shortened.",
              defaultValue = "false")
          boolean headers,
      @Param(
              name = "body",
              doc = "Whether to log the lines of the body, shortened.",
              defaultValue = "false")
          boolean body,
      @Param(
              name = "maxBody",
              doc = "How much of the body to log at most; 64k is the upper limit.",
              defaultValue = "4k")
          ByteSize maxBody) {
    this.log = log;
    this.level = level;
    this.message = message.map(Notice::line);
    this.headers = headers;
    this.body = body;
    this.maxBody = new ByteSize(Math.min(maxBody.octets(), 64 * 1024));
  }

  @Override
  public Outcome process(Mail mail) {
    if (log.isLoggable(level.level())) {
      log.log(level.level(), () -> summary(mail));
      if (headers) {
        mail.message().headers().fields().forEach(field -> line(mail, field.toString()));
      }
      if (body) {
        bodyText(mail).lines().forEach(text -> line(mail, text));
      }
    }
    return Outcome.next(mail);
  }

  private void line(Mail mail, String text) {
    log.log(level.level(), () -> mail.id() + " | " + Text.shown(text));
  }

  private String summary(Mail mail) {
    return message.map(text -> text + ": ").orElse("")
        + "mail "
        + mail.id()
        + " from <"
        + Text.shown(mail.sender().toString())
        + "> to "
        + mail.recipients().stream()
            .limit(10)
            .map(recipient -> "<" + Text.shown(recipient.toString()) + ">")
            .collect(Collectors.joining(", "))
        + (mail.recipients().size() > 10 ? " and others" : "")
        + ", "
        + mail.message().size()
        + " octets";
  }

  private String bodyText(Mail mail) {
    try (InputStream in = mail.message().openRest()) {
      return new String(in.readNBytes((int) maxBody.octets()), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the body of mail " + mail.id() + " can't be read", e);
    }
  }
}
