package dev.postrider.mailet.filtering.milter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Puts the data of a frame together. Not thread-safe. */
final class Octets {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** One octet. */
  Octets code(char code) {
    out.write(code);
    return this;
  }

  /** A number of 16 bits. */
  Octets small(int number) {
    out.write(number >>> 8);
    out.write(number);
    return this;
  }

  /** Text in UTF-8 and NUL; a NUL inside would end it and is left out. */
  Octets text(String text) {
    return text(text, StandardCharsets.UTF_8);
  }

  /** Octets as ISO-8859-1 text, and NUL. */
  Octets raw(String text) {
    return text(text, StandardCharsets.ISO_8859_1);
  }

  private Octets text(String text, Charset charset) {
    out.writeBytes(text.replace("\0", "").getBytes(charset));
    out.write(0);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
