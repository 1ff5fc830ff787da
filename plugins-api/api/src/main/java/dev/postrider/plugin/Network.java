package dev.postrider.plugin;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of IP addresses in CIDR notation (RFC 4632, RFC 4291 §2.3). Never looks up a name.
 *
 * @param base an address of the block
 * @param prefix how many leading bits count: 0 to 32 or 128
 * @since 1.0
 */
public record Network(InetAddress base, int prefix) {

  /** Checks the prefix. */
  public Network {
    if (prefix < 0 || prefix > base.getAddress().length * 8) {
      throw new IllegalArgumentException(
          "a prefix of " + prefix + " does not fit " + base.getHostAddress());
    }
  }

  /**
   * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address.
   *
   * @throws IllegalArgumentException when it is not of that form
   */
  public static Network parse(String text) {
    String bare = text.strip();
    int slash = bare.indexOf('/');
    String address = slash < 0 ? bare : bare.substring(0, slash);
    String bits = slash < 0 ? "" : bare.substring(slash + 1);
    boolean sane = IpLiterals.isV4(address) || IpLiterals.isV6(address);
    if (!sane || (slash >= 0 && (!Text.isDigits(bits) || bits.length() > 3))) {
      throw new IllegalArgumentException(
          "'" + Text.shown(text) + "' is not a network like 192.0.2.0/24 or 2001:db8::/32");
    }
    InetAddress base = InetAddress.ofLiteral(address);
    return new Network(base, slash < 0 ? base.getAddress().length * 8 : Integer.parseInt(bits));
  }

  /** Whether the address lies in this block; an IPv4 address is never in an IPv6 block. */
  public boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] theirs = address.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = prefix / 8;
    int rest = prefix % 8;
    int mask = rest == 0 ? 0 : 0xff & (0xff << (8 - rest));
    return Arrays.equals(mine, 0, whole, theirs, 0, whole)
        && (rest == 0 || (mine[whole] & mask) == (theirs[whole] & mask));
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + prefix;
  }
}
