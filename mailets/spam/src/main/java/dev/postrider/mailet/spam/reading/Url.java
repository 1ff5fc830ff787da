package dev.postrider.mailet.spam.reading;

import dev.postrider.plugin.Domains;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a link leads, as a browser reads it.
 *
 * @param host in lower case with A-labels, or an IPv4 address in dotted form
 * @param path what follows the host, at most 200 characters
 * @param traits what is odd about it
 */
public record Url(String host, String path, Set<Trait> traits) {

  private static final int LONGEST = 2048;
  private static final int PATH = 200;

  /** What is odd about a link. */
  public enum Trait {
    /** It names an address instead of a host. */
    ADDRESS,
    /** The address is written as one number, in octal or in hexadecimal. */
    MASKED_ADDRESS,
    /** There is a user's name before the host, which looks like another host. */
    USER,
    /** The host has letters outside ASCII. */
    INTERNATIONAL,
    /** The host is written with percent signs. */
    ENCODED_HOST,
    /** It names a port. */
    PORT
  }

  /** Copies the set. */
  public Url {
    traits = Set.copyOf(traits);
  }

  /** Reads {@code http://…}, {@code https://…}, {@code //…} or {@code www.…}; empty for others. */
  public static Optional<Url> parse(String raw) {
    String text = cleaned(raw);
    String lower = text.toLowerCase(Locale.ROOT);
    int start;
    if (lower.startsWith("http:") || lower.startsWith("https:")) {
      start = lower.indexOf(':') + 1;
    } else if (lower.startsWith("//") || lower.startsWith("www.")) {
      start = 0;
    } else {
      return Optional.empty();
    }
    while (start < text.length() && (text.charAt(start) == '/' || text.charAt(start) == '\\')) {
      start++;
    }
    int end = start;
    while (end < text.length() && "/\\?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String path = text.substring(end, Math.min(text.length(), end + PATH));
    return ofAuthority(text.substring(start, end), path);
  }

  /** The last two labels of the host, or the whole of an address. */
  public String domain() {
    if (traits.contains(Trait.ADDRESS)) {
      return host;
    }
    int last = host.lastIndexOf('.');
    int before = last < 0 ? -1 : host.lastIndexOf('.', last - 1);
    return host.substring(before + 1);
  }

  /**
   * The names under which somebody may have registered the host, the shortest first: {@link
   * #domain()}, and under the code of a country, which may have second levels such as {@code
   * co.uk}, that with one label more.
   */
  public List<String> domains() {
    String domain = domain();
    int dot = host.length() - domain.length() - 1;
    boolean country = domain.lastIndexOf('.') == domain.length() - 3;
    if (traits.contains(Trait.ADDRESS) || dot <= 0 || !country) {
      return List.of(domain);
    }
    return List.of(domain, host.substring(host.lastIndexOf('.', dot - 1) + 1));
  }

  private static Optional<Url> ofAuthority(String authority, String path) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    int at = authority.lastIndexOf('@');
    String rest = authority.substring(at + 1);
    if (at >= 0) {
      traits.add(Trait.USER);
    }
    int colon = rest.startsWith("[") ? rest.indexOf("]:") + 1 : rest.indexOf(':');
    if (colon > 0) {
      if (colon + 1 < rest.length()) {
        traits.add(Trait.PORT);
      }
      rest = rest.substring(0, colon);
    }
    if (rest.indexOf('%') >= 0) {
      traits.add(Trait.ENCODED_HOST);
      rest = percentDecoded(rest);
    }
    Optional<String> address = Ipv4Text.parse(rest);
    if (address.isPresent()) {
      traits.add(Trait.ADDRESS);
      if (!address.get().equals(rest)) {
        traits.add(Trait.MASKED_ADDRESS);
      }
      return Optional.of(new Url(address.get(), path, traits));
    }
    return host(rest, traits).map(host -> new Url(host, path, traits));
  }

  private static Optional<String> host(String text, Set<Trait> traits) {
    if (text.startsWith("[")) {
      traits.add(Trait.ADDRESS);
    }
    try {
      String host = Domains.normalise(text);
      if (host.contains("xn--")) {
        traits.add(Trait.INTERNATIONAL);
      }
      return host.indexOf('.') < 0 && !host.startsWith("[") ? Optional.empty() : Optional.of(host);
    } catch (IllegalArgumentException e) {
      // Not a host that a browser could look up: no link.
      return Optional.empty();
    }
  }

  // Browsers leave out line ends and tabs, and white space at both ends.
  private static String cleaned(String raw) {
    String text = raw.length() > LONGEST ? raw.substring(0, LONGEST) : raw;
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\t' && c != '\r' && c != '\n' && c != 0) {
        out.append(c);
      }
    }
    return Written.of(out.toString().strip()).text();
  }

  private static String percentDecoded(String text) {
    byte[] out = new byte[text.length() * 3];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      if (low >= 0) {
        out[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        byte[] octets = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(octets, 0, out, length, octets.length);
        length += octets.length;
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
