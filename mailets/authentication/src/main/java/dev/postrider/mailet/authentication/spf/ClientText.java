package dev.postrider.mailet.authentication.spf;

import java.net.InetAddress;
import java.util.Locale;

/** IP addresses as macros show them (RFC 7208 §7.3). */
final class ClientText {

  private static final int GROUPS = 8;

  private ClientText() {}

  /** IPv4 with its dots; IPv6 as 32 hexadecimal digits with dots between. */
  static String dotted(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 4) {
      return address.getHostAddress();
    }
    StringBuilder out = new StringBuilder();
    for (byte octet : octets) {
      out.append(out.isEmpty() ? "" : ".")
          .append(Character.forDigit((octet >> 4) & 15, 16))
          .append('.')
          .append(Character.forDigit(octet & 15, 16));
    }
    return out.toString().toUpperCase(Locale.ROOT);
  }

  /** As people write it (RFC 5952): the longest run of zero groups left out. */
  static String readable(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 4) {
      return address.getHostAddress();
    }
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
    }
    int start = -1;
    int longest = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        start = i;
        longest = end - i;
      }
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        out.append("::");
        i += longest - 1;
      } else {
        boolean first = out.isEmpty() || out.charAt(out.length() - 1) == ':';
        out.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return out.toString();
  }
}
