package dev.postrider.mailet.authentication.dmarc.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Short names for long texts, which no sender can make meet: the first octets of SHA-256. */
final class Digest {

  private Digest() {}

  /**
   * Letters, digits, '-' and '_'.
   *
   * @param octets of the digest, up to 32
   */
  static String of(String text, int octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(first(text, octets));
  }

  /** Hexadecimal digits, two for each octet of the digest. */
  static String hex(String text, int octets) {
    return HexFormat.of().formatHex(first(text, octets));
  }

  private static byte[] first(String text, int octets) {
    try {
      return Arrays.copyOf(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)),
          octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
