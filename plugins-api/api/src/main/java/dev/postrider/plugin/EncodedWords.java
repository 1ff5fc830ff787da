package dev.postrider.plugin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Encoded words (RFC 2047): one linear pass, malformed words stay as they are; after a hundred of
 * them so does the rest.
 */
final class EncodedWords {

  private static final int CHUNK = 42;
  private static final int LEAST_CHUNK = 12;
  private static final int LINE = 76;
  private static final int FRAME = "=?UTF-8?B??=".length();
  // A word has at most 75 characters; some senders put a whole subject into one.
  private static final int LONGEST = 998;
  private static final int MALFORMED = 100;

  private EncodedWords() {}

  /**
   * UTF-8, base64, words separated by a space, so that folded lines have at most 76 characters.
   *
   * @param used how many characters stand before the text on its first line
   */
  static String encode(String text, int used) {
    StringBuilder out = new StringBuilder();
    int chunkSize = Math.clamp((LINE - used - FRAME) / 4 * 3L, LEAST_CHUNK, CHUNK);
    int start = 0;
    while (start < text.length()) {
      int end = start;
      int octets = 0;
      while (end < text.length()) {
        int codePoint = text.codePointAt(end);
        int width = Text.utf8Length(codePoint);
        if (octets + width > chunkSize) {
          break;
        }
        octets += width;
        end += Character.charCount(codePoint);
      }
      byte[] chunk = text.substring(start, end).getBytes(StandardCharsets.UTF_8);
      out.append(out.isEmpty() ? "" : " ")
          .append("=?UTF-8?B?")
          .append(Base64.getEncoder().encodeToString(chunk))
          .append("?=");
      start = end;
      chunkSize = CHUNK;
    }
    return out.toString();
  }

  /** Line ends and NUL in a word become spaces: a decoded value is one line. */
  static String decode(String text) {
    int open = text.indexOf("=?");
    if (open < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int done = 0;
    int malformed = 0;
    boolean afterWord = false;
    while (open >= 0 && malformed < MALFORMED) {
      int charsetEnd = text.indexOf('?', open + 2);
      int close = charsetEnd < 0 ? -1 : close(text, charsetEnd + 3);
      String word = close < 0 ? null : decodeWord(text, open + 2, charsetEnd, close);
      if (word == null) {
        malformed++;
        open = text.indexOf("=?", open + 2);
        continue;
      }
      String between = text.substring(done, open);
      // White space between two encoded words is not part of the text (RFC 2047 §6.2).
      out.append(afterWord && between.isBlank() ? "" : between).append(word);
      afterWord = true;
      done = close + 2;
      open = text.indexOf("=?", done);
    }
    return out.append(text, done, text.length()).toString();
  }

  private static int close(String text, int payload) {
    int limit = Math.min(text.length(), payload + LONGEST);
    return payload > limit ? -1 : text.indexOf("?=", payload, limit);
  }

  private static @Nullable String decodeWord(String text, int start, int charsetEnd, int close) {
    String payload = text.substring(charsetEnd + 3, close);
    if (text.charAt(charsetEnd + 2) != '?' || !Text.isAscii(payload)) {
      return null;
    }
    try {
      byte[] octets;
      switch (text.charAt(charsetEnd + 1)) {
        case 'B', 'b' -> octets = Base64.getDecoder().decode(payload);
        case 'Q', 'q' -> octets = decodeQ(payload);
        default -> {
          return null;
        }
      }
      String word = new String(octets, charset(text.substring(start, charsetEnd)));
      return word.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
    } catch (IllegalArgumentException e) {
      // Unknown charset or bad base64: not an encoded word, so it stays as it is.
      return null;
    }
  }

  private static Charset charset(String name) {
    int language = name.indexOf('*');
    return Charset.forName(language < 0 ? name : name.substring(0, language));
  }

  private static byte[] decodeQ(String payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length());
    for (int i = 0; i < payload.length(); i++) {
      char c = payload.charAt(i);
      if (c == '=' && i + 2 < payload.length() && isHex(payload, i + 1)) {
        out.write(Integer.parseInt(payload, i + 1, i + 3, 16));
        i += 2;
      } else {
        out.write(c == '_' ? ' ' : c);
      }
    }
    return out.toByteArray();
  }

  private static boolean isHex(String text, int at) {
    return Character.digit(text.charAt(at), 16) >= 0
        && Character.digit(text.charAt(at + 1), 16) >= 0;
  }
}
