package dev.postrider.mailet.filtering.rspamd;

import dev.postrider.mailet.filtering.daemon.DaemonFault;
import dev.postrider.mailet.filtering.hook.HookUrl;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks rspamd's normal worker about a mail: {@code POST /checkv2}. Thread: any.
 *
 * @param http reaches it
 * @param worker where it listens; the path is added
 * @param password that it wants, where it wants one
 */
record RspamdClient(Http http, URI worker, Optional<String> password) {

  private static final int MAX_ANSWER = 512 * 1024;
  private static final int MOST_RECIPIENTS = 100;

  /** Of a worker at an address. */
  static RspamdClient of(Http http, HookUrl url, Optional<String> password) {
    return new RspamdClient(http, url.uri().resolve("/checkv2"), password);
  }

  /**
   * The verdict on a mail.
   *
   * @throws IOException when there is none within the time, with a reason for a person
   */
  RspamdVerdict judge(Mail mail, Duration time) throws IOException {
    return switch (http.exchange(request(mail).withDeadline(time))) {
      case HttpAnswer.Failed(var reason) -> throw new DaemonFault(reason);
      case HttpAnswer.Answered answer when answer.isSuccess() -> read(answer.text());
      // These say that no rspamd answered; any other that it stumbled over this mail.
      case HttpAnswer.Answered answer when answer.status() >= 502 && answer.status() <= 504 ->
          throw new DaemonFault("it answered with the status " + answer.status());
      case HttpAnswer.Answered answer ->
          new RspamdVerdict.Unable("it answered with the status " + answer.status());
    };
  }

  private static RspamdVerdict read(String json) throws DaemonFault {
    try {
      return RspamdVerdict.parse(json);
    } catch (IllegalArgumentException e) {
      throw new DaemonFault("its answer can't be followed: " + e.getMessage(), e);
    }
  }

  private HttpRequest request(Mail mail) {
    Client client = mail.client();
    HttpRequest request =
        HttpRequest.post(worker, "message/rfc822", mail.message())
            .withHeader("Queue-Id", plain(mail.id()))
            .withHeader("From", "<" + plain(mail.sender().toString()) + ">")
            .withHeader("IP", client.address().getHostAddress())
            .withMaxAnswer(MAX_ANSWER);
    for (Recipient each : mail.recipients().stream().limit(MOST_RECIPIENTS).toList()) {
      request = request.withHeader("Rcpt", "<" + plain(each.address().toString()) + ">");
    }
    if (!client.helo().isBlank()) {
      request = request.withHeader("Helo", plain(client.helo()));
    }
    if (client.login().isPresent()) {
      request = request.withHeader("User", plain(client.login().get().toString()));
    }
    return password.isPresent() ? request.withHeader("Password", password.get()) : request;
  }

  /** UTF-8 with a character for each octet, as HTTP carries it, and nothing that controls. */
  private static String plain(String text) {
    StringBuilder out = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      out.append(c < ' ' || c == 0x7f ? '?' : c);
    }
    return out.toString();
  }
}
