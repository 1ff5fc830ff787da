package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** AUTH (RFC 5034) with the mechanism PLAIN (RFC 4616), with and without initial response. */
final class AuthCommand implements Command<Pop3State.Authorization> {

  private final Replies replies;

  AuthCommand(Replies replies) {
    this.replies = replies;
  }

  @Override
  public Step<Pop3State, Pop3Question> on(Pop3State.Authorization state, String argument) {
    if (!state.talk().tls()) {
      return replies.wrong(state, UserCommand.TLS_FIRST);
    }
    int space = argument.indexOf(' ');
    String mechanism = space < 0 ? argument : argument.substring(0, space);
    if (!mechanism.toUpperCase(Locale.ROOT).equals("PLAIN")) {
      return replies.wrong(state, "the only mechanism is PLAIN");
    }
    return space < 0
        ? replies.line(new Pop3State.Challenged(state.talk()), "+ ")
        : response(state.talk(), argument.substring(space + 1));
  }

  /** The line after the challenge. */
  Step<Pop3State, Pop3Question> response(Talk talk, String line) {
    Pop3State.Authorization before = new Pop3State.Authorization(talk, "");
    if (line.equals("*")) {
      return replies.no(before, "cancelled");
    }
    return logIn(line)
        .map(login -> replies.ask(new Pop3State.Checking(talk), login))
        .orElseGet(() -> replies.wrong(before, "that is no response of PLAIN"));
  }

  private static Optional<Pop3Question> logIn(String base64) {
    String text;
    try {
      byte[] octets = Base64.getDecoder().decode(base64.getBytes(StandardCharsets.UTF_8));
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
    String[] parts = text.split("\0", -1);
    if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
      return Optional.empty();
    }
    // Nobody may act for somebody else, so an authorization identity can only repeat the login.
    return parts[0].isEmpty() || parts[0].equalsIgnoreCase(parts[1])
        ? Optional.of(new Pop3Question.LogIn(parts[1], parts[2]))
        : Optional.empty();
  }
}
