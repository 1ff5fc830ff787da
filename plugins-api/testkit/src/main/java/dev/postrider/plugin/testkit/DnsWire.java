package dev.postrider.plugin.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Names and texts as they are in DNS messages (RFC 1035 §3). */
final class DnsWire {

  private static final int LONGEST_STRING = 255;

  private DnsWire() {}

  /** Reads a name without references. */
  static String name(ByteBuffer in) {
    StringJoiner name = new StringJoiner(".");
    for (int length = in.get(); length != 0; length = in.get()) {
      byte[] label = new byte[length];
      in.get(label);
      name.add(new String(label, ISO_8859_1));
    }
    return name.toString();
  }

  static byte[] name(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String label : name.isEmpty() ? new String[0] : name.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(ISO_8859_1));
    }
    out.write(0);
    return out.toByteArray();
  }

  /** A text as strings of at most 255 octets each. */
  static byte[] strings(String text) {
    byte[] octets = text.getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    do {
      int length = Math.min(LONGEST_STRING, octets.length - at);
      out.write(length);
      out.write(octets, at, length);
      at += length;
    } while (at < octets.length);
    return out.toByteArray();
  }

  /** The address of a name under {@code in-addr.arpa} or {@code ip6.arpa}. */
  static InetAddress address(String name) {
    List<String> labels = List.of(name.toLowerCase(Locale.ROOT).split("\\.")).reversed();
    boolean four = labels.get(1).equals("in-addr");
    byte[] octets = new byte[four ? 4 : 16];
    for (int i = 0; i < octets.length; i++) {
      String digits = four ? labels.get(2 + i) : labels.get(2 + 2 * i) + labels.get(3 + 2 * i);
      octets[i] = (byte) Integer.parseInt(digits, four ? 10 : 16);
    }
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
