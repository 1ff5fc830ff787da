package dev.postrider.mailet.authentication.spf;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Puts values into text with macros (RFC 7208 §7.3). What gets longer than {@value #LONGEST}
 * characters is given up.
 *
 * @param identity who is asked about
 * @param domain whose policy is being looked at
 * @param validated the validated name of the client, or {@code unknown}
 * @param now the time
 */
record Expansion(SpfIdentity identity, String domain, String validated, Instant now) {

  private static final int LONGEST = 4096;
  private static final int LONGEST_NAME = 253;

  /** A name to ask the DNS about: cut from the left to 253 characters, no trailing dot. */
  Optional<String> name(MacroString text) {
    return expand(text).map(Expansion::shortened);
  }

  /** The text with its values. */
  Optional<String> expand(MacroString text) {
    StringBuilder out = new StringBuilder();
    for (MacroString.Part part : text.parts()) {
      switch (part) {
        case MacroString.Literal(var literal) -> out.append(literal);
        case MacroString.Value value -> out.append(transformed(value));
      }
      if (out.length() > LONGEST) {
        return Optional.empty();
      }
    }
    return Optional.of(out.toString());
  }

  private static String shortened(String name) {
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    while (bare.length() > LONGEST_NAME) {
      int dot = bare.indexOf('.', bare.length() - LONGEST_NAME - 1);
      if (dot < 0) {
        return bare;
      }
      bare = bare.substring(dot + 1);
    }
    return bare;
  }

  private String transformed(MacroString.Value value) {
    List<String> parts = split(value(value.letter()), value.delimiters());
    if (value.reversed()) {
      Collections.reverse(parts);
    }
    int from = value.keep() == 0 ? 0 : Math.max(0, parts.size() - value.keep());
    String joined = String.join(".", parts.subList(from, parts.size()));
    return value.escaped() ? escaped(joined) : joined;
  }

  private String value(char letter) {
    InetAddress client = identity.client();
    return switch (letter) {
      case 's' -> identity.localPart() + "@" + identity.domain();
      case 'l' -> identity.localPart();
      case 'o' -> identity.domain();
      case 'd' -> domain;
      case 'i' -> ClientText.dotted(client);
      case 'p' -> validated;
      case 'v' -> client.getAddress().length == 4 ? "in-addr" : "ip6";
      case 'h' -> identity.helo();
      case 'c' -> ClientText.readable(client);
      case 'r' -> identity.receiver();
      case 't' -> Long.toString(now.getEpochSecond());
      default -> throw new IllegalStateException("no macro has the letter " + letter);
    };
  }

  private static List<String> split(String text, String delimiters) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (delimiters.indexOf(text.charAt(i)) >= 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean unreserved =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
      if (unreserved) {
        out.append(c);
      } else {
        out.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return out.toString();
  }

  private static char hex(int digit) {
    return Character.toUpperCase(Character.forDigit(digit, 16));
  }
}
