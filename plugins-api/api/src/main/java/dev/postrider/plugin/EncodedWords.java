package dev.postrider.plugin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;

/** Encoded words (RFC 2047): one linear pass, malformed words stay as they are. */
final class EncodedWords {

  private static final int CHUNK = 42;

  private EncodedWords() {}

  /** UTF-8, base64, words of at most 75 characters separated by a space. */
  static String encode(String text) {
    StringBuilder out = new StringBuilder();
    int start = 0;
    while (start < text.length()) {
      int end = start;
      int octets = 0;
      while (end < text.length()) {
        int codePoint = text.codePointAt(end);
        int width = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        if (octets + width > CHUNK) {
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
    }
    return out.toString();
  }

  static String decode(String text) {
    int open = text.indexOf("=?");
    if (open < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int done = 0;
    boolean afterWord = false;
    while (open >= 0) {
      int charsetEnd = text.indexOf('?', open + 2);
      int close = charsetEnd < 0 ? -1 : text.indexOf("?=", charsetEnd + 3);
      if (close < 0) {
        break;
      }
      String word = decodeWord(text, open + 2, charsetEnd, close);
      if (word.isEmpty()) {
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

  private static String decodeWord(String text, int start, int charsetEnd, int close) {
    if (charsetEnd + 3 > close || text.charAt(charsetEnd + 2) != '?') {
      return "";
    }
    String charset = text.substring(start, charsetEnd);
    int language = charset.indexOf('*');
    String payload = text.substring(charsetEnd + 3, close);
    try {
      byte[] octets =
          switch (text.charAt(charsetEnd + 1)) {
            case 'B', 'b' -> Base64.getDecoder().decode(payload);
            case 'Q', 'q' -> decodeQ(payload);
            default -> new byte[0];
          };
      return new String(
          octets, Charset.forName(language < 0 ? charset : charset.substring(0, language)));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return "";
    } catch (IllegalArgumentException e) {
      return "";
    }
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
