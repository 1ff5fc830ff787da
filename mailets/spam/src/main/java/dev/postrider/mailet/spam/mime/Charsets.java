package dev.postrider.mailet.spam.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

/** Octets as text, whatever the sender said about them. */
final class Charsets {

  private static final int LONGEST_NAME = 40;

  private Charsets() {}

  /** The charset of a name that this JDK knows. */
  static Optional<Charset> named(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    try {
      return Optional.of(Charset.forName(name.strip()));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      // Senders write what they like; the octets themselves tell the rest.
      return Optional.empty();
    }
  }

  /**
   * The text: ASCII and UTF-8 as what they are, else by the name, else ISO-8859-1. A sender that
   * says "us-ascii" and writes UTF-8 is read as clients read it.
   */
  static String text(byte[] octets, String name) {
    boolean eight = false;
    for (byte octet : octets) {
      eight |= octet < 0;
    }
    Optional<Charset> said = named(name);
    if (!eight && said.filter(Charsets::isWrittenInSevenBits).isEmpty()) {
      return new String(octets, StandardCharsets.ISO_8859_1);
    }
    if (said.isPresent() && !said.get().equals(StandardCharsets.US_ASCII)) {
      return new String(octets, said.get());
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      return new String(octets, StandardCharsets.ISO_8859_1);
    }
  }

  private static boolean isWrittenInSevenBits(Charset charset) {
    String name = charset.name();
    return name.startsWith("ISO-2022") || name.startsWith("UTF-16") || name.startsWith("UTF-32");
  }
}
