package dev.postrider.mailet.authentication.spf;

import dev.postrider.plugin.Network;
import dev.postrider.plugin.Text;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The lengths of address blocks at the end of a mechanism (RFC 7208 §5.3, {@code dual-cidr-length},
 * and §5.6).
 *
 * @param before what stands before them
 * @param four bits of an IPv4 address that count
 * @param six bits of an IPv6 address that count
 */
record Prefixes(String before, int four, int six) {

  private static final int MAPPED = 96;

  /** Splits them off: {@code :example.org/24//64}. */
  static Prefixes of(String text) throws SpfSyntaxException {
    int digits6 = digitsFrom(text, text.length());
    boolean has6 = digits6 >= 2 && text.startsWith("//", digits6 - 2) && digits6 < text.length();
    int six = has6 ? bits(text.substring(digits6), 128) : 128;
    String rest = has6 ? text.substring(0, digits6 - 2) : text;
    int digits4 = digitsFrom(rest, rest.length());
    boolean has4 = digits4 >= 1 && rest.charAt(digits4 - 1) == '/' && digits4 < rest.length();
    int four = has4 ? bits(rest.substring(digits4), 32) : 32;
    return new Prefixes(has4 ? rest.substring(0, digits4 - 1) : rest, four, six);
  }

  private static int digitsFrom(String text, int end) {
    int at = end;
    while (at > 0 && text.charAt(at - 1) >= '0' && text.charAt(at - 1) <= '9') {
      at--;
    }
    return at;
  }

  private static int bits(String digits, int most) throws SpfSyntaxException {
    boolean plain = !digits.isEmpty() && digits.length() <= 3;
    plain = plain && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    plain = plain && (digits.length() == 1 || digits.charAt(0) != '0');
    if (!plain || Integer.parseInt(digits) > most) {
      throw new SpfSyntaxException("'/" + Text.shown(digits) + "' is no length of a block");
    }
    return Integer.parseInt(digits);
  }

  /** Reads the block of {@code ip4} or {@code ip6}. */
  static Network network(String text, int version) throws SpfSyntaxException {
    int slash = text.indexOf('/');
    int most = version == 4 ? 32 : 128;
    int bits = slash < 0 ? most : bits(text.substring(slash + 1), most);
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      InetAddress base = Network.parse(address).base();
      boolean looksLike6 = address.indexOf(':') >= 0;
      if (looksLike6 == (version == 4)) {
        throw new SpfSyntaxException("'" + Text.shown(text) + "' is no IPv" + version + " block");
      }
      return new Network(version == 6 && base instanceof Inet4Address ? mapped(base) : base, bits);
    } catch (IllegalArgumentException e) {
      throw new SpfSyntaxException("'" + Text.shown(text) + "' is no address block");
    }
  }

  // The JDK makes an IPv4 address of ::ffff:192.0.2.1, which ip6 never matches (§5).
  private static InetAddress mapped(InetAddress four) {
    byte[] octets = new byte[16];
    octets[MAPPED / 8 - 1] = (byte) 0xff;
    octets[MAPPED / 8 - 2] = (byte) 0xff;
    System.arraycopy(four.getAddress(), 0, octets, MAPPED / 8, 4);
    try {
      return Inet6Address.getByAddress(null, octets, -1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen octets are an IPv6 address", e);
    }
  }
}
