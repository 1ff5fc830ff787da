package dev.postrider.mailet.spam.mime;

import java.util.Arrays;
import java.util.Locale;

/** How the octets of a part are written (RFC 2045 §6). Reading is lenient, as clients are. */
public enum Transfer {
  /** As they are: 7bit, 8bit, binary, and what is not known. */
  PLAIN,
  /** RFC 2045 §6.8; octets that are none of the alphabet are skipped. */
  BASE64,
  /** RFC 2045 §6.7; an equals sign that begins nothing stands for itself. */
  QUOTED_PRINTABLE;

  /** The transfer of a field's value. */
  static Transfer of(String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "base64" -> BASE64;
      case "quoted-printable" -> QUOTED_PRINTABLE;
      default -> PLAIN;
    };
  }

  /** The octets from here to there, decoded; at most so many. */
  byte[] decode(byte[] octets, int from, int to, int most) {
    return switch (this) {
      case PLAIN -> Arrays.copyOfRange(octets, from, Math.min(to, from + most));
      case BASE64 -> base64(octets, from, to, most);
      case QUOTED_PRINTABLE -> quotedPrintable(octets, from, to, most);
    };
  }

  private static byte[] base64(byte[] octets, int from, int to, int most) {
    byte[] out = new byte[Math.min(most, (to - from) / 4 * 3 + 3)];
    int length = 0;
    int bits = 0;
    int held = 0;
    for (int i = from; i < to && length < out.length; i++) {
      int value = sextet(octets[i]);
      if (value < 0) {
        continue;
      }
      bits = bits << 6 | value;
      held += 6;
      if (held >= 8) {
        held -= 8;
        out[length++] = (byte) (bits >> held);
        bits &= (1 << held) - 1;
      }
    }
    return Arrays.copyOf(out, length);
  }

  private static int sextet(byte octet) {
    if (octet >= 'A' && octet <= 'Z') {
      return octet - 'A';
    }
    if (octet >= 'a' && octet <= 'z') {
      return octet - 'a' + 26;
    }
    if (octet >= '0' && octet <= '9') {
      return octet - '0' + 52;
    }
    return octet == '+' || octet == '-' ? 62 : octet == '/' || octet == '_' ? 63 : -1;
  }

  private static byte[] quotedPrintable(byte[] octets, int from, int to, int most) {
    byte[] out = new byte[Math.min(most, to - from)];
    int length = 0;
    for (int i = from; i < to && length < out.length; i++) {
      if (octets[i] != '=') {
        out[length++] = octets[i];
        continue;
      }
      int lineEnd = softLineEnd(octets, i + 1, to);
      if (lineEnd >= 0) {
        i = lineEnd;
        continue;
      }
      int high = i + 2 < to ? Character.digit(octets[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(octets[i + 2], 16);
      if (low < 0) {
        out[length++] = '=';
      } else {
        out[length++] = (byte) (high << 4 | low);
        i += 2;
      }
    }
    return Arrays.copyOf(out, length);
  }

  // Where the line end after a soft break ends, or -1. White space before it is short in practice.
  private static int softLineEnd(byte[] octets, int from, int to) {
    int at = from;
    while (at < to && at < from + 80 && (octets[at] == ' ' || octets[at] == '\t')) {
      at++;
    }
    if (at < to && octets[at] == '\n') {
      return at;
    }
    return at + 1 < to && octets[at] == '\r' && octets[at + 1] == '\n' ? at + 1 : -1;
  }
}
