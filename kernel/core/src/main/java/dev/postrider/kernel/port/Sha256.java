package dev.postrider.kernel.port;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), which every JDK has. Thread: any. */
public final class Sha256 {

  private static final int BLOCK = 16 * 1024;

  private Sha256() {}

  /** A digest that has seen nothing yet. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Shows a digest all of a stream. */
  public static void add(InputStream in, MessageDigest to) throws IOException {
    byte[] block = new byte[BLOCK];
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      to.update(block, 0, n);
    }
  }

  /** The end of it, in 64 hexadecimal digits. */
  public static String end(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
