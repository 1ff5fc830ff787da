package dev.postrider.mailet.spam.memory;

import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Names of things that are remembered, as numbers of 64 bits. */
public final class Key {

  private Key() {}

  /** The number of some texts; nobody can choose texts that come to the number of others. */
  public static long of(String... texts) {
    MessageDigest digest = sha256();
    for (String text : texts) {
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    long key = ByteBuffer.wrap(digest.digest()).getLong();
    return key == 0 ? 1 : key;
  }

  /**
   * A text of any length as 32 characters that are fit for a key; nobody can choose another one.
   */
  public static String fixed(String text) {
    byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The network that one customer of a provider usually has: /24 of IPv4, /64 of IPv6. */
  public static Network network(InetAddress address) {
    byte[] octets = address.getAddress();
    int kept = octets.length == 4 ? 3 : 8;
    Arrays.fill(octets, kept, octets.length, (byte) 0);
    return new Network(address(octets), kept * 8);
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }
}
