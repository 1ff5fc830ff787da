package dev.postrider.protocol.smtp.client;

import dev.postrider.kernel.outbound.Transport.Connected;
import dev.postrider.kernel.outbound.Transport.Host;
import dev.postrider.kernel.outbound.Transport.Reply;
import dev.postrider.plugin.Route;
import dev.postrider.protocol.line.ClientTls;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The beginning of a session: greeting, EHLO, STARTTLS, EHLO again, AUTH. */
final class Handshake {

  /** How to encrypt. */
  sealed interface Security {}

  /** With STARTTLS, where offered or where required. */
  record Tls(ClientTls tls, boolean required) implements Security {}

  /** Not at all. */
  record Clear() implements Security {}

  private final ClientWire wire;
  private final Host host;
  private final ClientTimeouts timeouts;
  private final ReplyReader replies;

  Handshake(ClientWire wire, Host host, ClientTimeouts timeouts) {
    this.wire = wire;
    this.host = host;
    this.timeouts = timeouts;
    this.replies = new ReplyReader(wire, host.name());
  }

  /** EHLO or HELO, either way. */
  private sealed interface Hello {
    record Offers(Extensions extensions) implements Hello {}

    record Refused(Reply reply) implements Hello {}
  }

  Greeted run(Security security) throws WireFault {
    Reply greeting = replies.reply(timeouts.greeting(), "the connection");
    if (greeting.code() != 220) {
      return declined(greeting);
    }
    return switch (hello()) {
      case Hello.Refused(Reply reply) -> declined(reply);
      case Hello.Offers(Extensions extensions) ->
          switch (security) {
            case Clear _ -> ready(extensions);
            case Tls(ClientTls tls, boolean required) -> encrypt(extensions, tls, required);
          };
    };
  }

  private Hello hello() throws WireFault {
    wire.write("EHLO " + host.heloName() + "\r\n");
    ReplyReader.Lines said = replies.lines(timeouts.command());
    if (said.code() == 250) {
      return new Hello.Offers(Extensions.of(said.lines()));
    }
    if (said.code() / 100 != 5) {
      return new Hello.Refused(replies.reply(said, "EHLO"));
    }
    wire.write("HELO " + host.heloName() + "\r\n");
    Reply plain = replies.reply(timeouts.command(), "HELO");
    return plain.code() == 250 ? new Hello.Offers(Extensions.NONE) : new Hello.Refused(plain);
  }

  private Greeted encrypt(Extensions extensions, ClientTls tls, boolean required) throws WireFault {
    if (!extensions.has("STARTTLS")) {
      return required
          ? declined(ours(454, "4.7.4", "TLS is required and not offered", "STARTTLS"))
          : ready(extensions);
    }
    wire.write("STARTTLS\r\n");
    Reply reply = replies.reply(timeouts.command(), "STARTTLS");
    if (reply.code() != 220) {
      return required ? declined(reply) : ready(extensions);
    }
    try {
      wire.startTls(tls, timeouts.tls());
    } catch (WireFault e) {
      wire.close();
      return new Greeted.TlsFailed(ours(454, "4.7.5", String.valueOf(e.getMessage()), "STARTTLS"));
    }
    // What was offered in clear may have been written by somebody on the way.
    return switch (hello()) {
      case Hello.Refused(Reply refused) -> declined(refused);
      case Hello.Offers(Extensions inside) -> ready(inside);
    };
  }

  private Greeted ready(Extensions extensions) throws WireFault {
    Optional<Reply> refused = Optional.empty();
    if (host.credentials().isPresent()) {
      refused = login(extensions, host.credentials().get());
    }
    return refused
        .map(Handshake::declined)
        .orElseGet(
            () ->
                new Greeted.Done(
                    new Connected.Ready(new SmtpChannel(wire, host.name(), extensions, timeouts))));
  }

  private Optional<Reply> login(Extensions extensions, Route.Credentials login) throws WireFault {
    if (!wire.encrypted()) {
      return Optional.of(ours(538, "5.7.11", "No login without TLS", "AUTH"));
    }
    if (extensions.mechanisms().contains("PLAIN")) {
      String both = "\0" + login.user() + "\0" + login.password();
      return refusal(command("AUTH PLAIN " + base64(both), "AUTH PLAIN"));
    }
    if (!extensions.mechanisms().contains("LOGIN")) {
      return Optional.of(ours(504, "5.7.4", "Neither PLAIN nor LOGIN is offered", "AUTH"));
    }
    Reply user = command("AUTH LOGIN", "AUTH LOGIN");
    if (user.code() != 334) {
      return refusal(user);
    }
    Reply password = command(base64(login.user()), "AUTH LOGIN");
    return refusal(
        password.code() == 334 ? command(base64(login.password()), "AUTH LOGIN") : password);
  }

  private static Optional<Reply> refusal(Reply reply) {
    return reply.code() == 235 ? Optional.empty() : Optional.of(reply);
  }

  private Reply command(String line, String name) throws WireFault {
    wire.write(line + "\r\n");
    return replies.reply(timeouts.command(), name);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private Reply ours(int code, String enhanced, String text, String command) {
    return new Reply(host.name(), code, enhanced, text, command);
  }

  private static Greeted declined(Reply reply) {
    return new Greeted.Done(new Connected.Declined(reply));
  }
}
