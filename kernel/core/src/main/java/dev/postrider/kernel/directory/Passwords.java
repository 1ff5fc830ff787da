package dev.postrider.kernel.directory;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/** One form for passwords, however a client's keyboard composes characters. */
public final class Passwords {

  /** The most UTF-8 octets of a password; longer ones can't be set and never match. */
  public static final int MAX_OCTETS = 1024;

  private Passwords() {}

  /**
   * The password as it is hashed: spaces other than ASCII become ASCII ones, the rest is composed
   * (NFC), case is kept (RFC 8265 §4.2, OpaqueString).
   *
   * @return empty for what is no password: empty, too long, with control characters or unpaired
   *     surrogates
   */
  public static Optional<String> prepared(String password) {
    if (password.isEmpty() || password.length() > MAX_OCTETS) {
      return Optional.empty();
    }
    StringBuilder spaced = new StringBuilder(password.length());
    for (int i = 0; i < password.length(); ) {
      int point = password.codePointAt(i);
      int type = Character.getType(point);
      if (type == Character.CONTROL || type == Character.SURROGATE) {
        return Optional.empty();
      }
      spaced.appendCodePoint(type == Character.SPACE_SEPARATOR ? ' ' : point);
      i += Character.charCount(point);
    }
    String composed = Normalizer.normalize(spaced, Normalizer.Form.NFC);
    return octets(composed) > MAX_OCTETS ? Optional.empty() : Optional.of(composed);
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
