package dev.postrider.protocol.smtp.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Where an AUTH exchange is (RFC 4954): what the next line of the peer means. */
sealed interface Sasl {

  /** User and password in one line (RFC 4616). */
  record Plain() implements Sasl {}

  /** The user's name comes next. */
  record LoginUser() implements Sasl {}

  /** The password comes next. */
  record LoginPassword(String user) implements Sasl {}

  /** What came out of a line. */
  sealed interface Progress {}

  /** Go on, with this challenge. */
  record Continue(Sasl sasl, String challenge) implements Progress {}

  /** Both are there. */
  record Credentials(String user, String password) implements Progress {
    @Override
    public String toString() {
      return "Credentials[" + user + "]";
    }
  }

  /** Not what the mechanism asks for. */
  record Garbled() implements Progress {}

  /** Takes the peer's response, still in base64. */
  default Progress respond(String base64) {
    Optional<String> decoded = decode(base64);
    if (decoded.isEmpty()) {
      return new Garbled();
    }
    String text = decoded.get();
    return switch (this) {
      case Plain plain -> plain(text);
      case LoginUser user -> new Continue(new LoginPassword(text), "UGFzc3dvcmQ6");
      case LoginPassword password -> new Credentials(password.user(), text);
    };
  }

  private static Progress plain(String message) {
    String[] parts = message.split("\0", -1);
    if (parts.length != 3 || parts[1].isEmpty()) {
      return new Garbled();
    }
    // Nobody may act for another: an authorisation identity must be the login itself.
    boolean forItself = parts[0].isEmpty() || parts[0].equals(parts[1]);
    return forItself ? new Credentials(parts[1], parts[2]) : new Garbled();
  }

  private static Optional<String> decode(String base64) {
    try {
      byte[] octets = Base64.getDecoder().decode(base64.equals("=") ? "" : base64);
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
