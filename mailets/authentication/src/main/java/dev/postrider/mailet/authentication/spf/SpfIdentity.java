package dev.postrider.mailet.authentication.spf;

import java.net.InetAddress;

/**
 * Who is asked about (RFC 7208 §4.1).
 *
 * @param client the address of the sending host; an IPv4-mapped one is an IPv4 address
 * @param localPart of the sender; {@code postmaster} where there is none
 * @param domain whose policy is looked up, and the domain of the sender
 * @param helo what the host called itself
 * @param receiver who checks
 */
public record SpfIdentity(
    InetAddress client, String localPart, String domain, String helo, String receiver) {

  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;

  /** Puts {@code postmaster} where there is no local part (§4.3). */
  public SpfIdentity {
    localPart = localPart.isEmpty() ? "postmaster" : localPart;
  }

  /** The HELO identity (§2.3). */
  public static SpfIdentity ofHelo(InetAddress client, String helo, String receiver) {
    return new SpfIdentity(client, "postmaster", helo, helo, receiver);
  }

  /** Whether a name can be asked about: several labels, none empty or too long (§4.3). */
  static boolean isDomain(String name) {
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (bare.isEmpty() || bare.length() > LONGEST_NAME || bare.startsWith("[")) {
      return false;
    }
    int labels = 0;
    int length = 0;
    for (int i = 0; i <= bare.length(); i++) {
      if (i < bare.length() && bare.charAt(i) != '.') {
        length++;
        continue;
      }
      if (length == 0 || length > LONGEST_LABEL) {
        return false;
      }
      labels++;
      length = 0;
    }
    return labels > 1;
  }
}
