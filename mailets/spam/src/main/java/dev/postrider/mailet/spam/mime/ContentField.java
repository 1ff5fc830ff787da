package dev.postrider.mailet.spam.mime;

import dev.postrider.plugin.HeaderField;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The value of Content-Type or Content-Disposition (RFC 2045 §5.1, RFC 2183) with its parameters,
 * those of RFC 2231 put together. Whatever is written there, something is read.
 *
 * @param value what stands before the parameters, in lower case
 * @param parameters at most {@value #MOST} of them, names in lower case
 */
record ContentField(String value, Map<String, String> parameters) {

  static final int MOST = 32;
  private static final int LONGEST = 4096;
  private static final int SECTIONS = 20;

  ContentField {
    parameters = Map.copyOf(parameters);
  }

  /** Reads the first {@value #LONGEST} characters. */
  static ContentField parse(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    int end = cut.indexOf(';');
    String value = (end < 0 ? cut : cut.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    Map<String, String> raw = new HashMap<>();
    int at = end;
    while (at >= 0 && at < cut.length() && raw.size() < MOST) {
      at = parameter(cut, at + 1, raw);
    }
    return new ContentField(value, raw);
  }

  /** A parameter, decoded, or the empty string. */
  String parameter(String name) {
    String whole = parameters.get(name + "*");
    if (whole != null) {
      return extended(whole);
    }
    if (parameters.containsKey(name + "*0") || parameters.containsKey(name + "*0*")) {
      return joined(name);
    }
    String plain = parameters.get(name);
    return plain == null ? "" : words(plain);
  }

  // Reads one parameter and answers where its semicolon, or the end, is.
  private static int parameter(String text, int from, Map<String, String> into) {
    int equals = from;
    while (equals < text.length() && text.charAt(equals) != '=' && text.charAt(equals) != ';') {
      equals++;
    }
    if (equals >= text.length() || text.charAt(equals) == ';') {
      return equals;
    }
    String name = text.substring(from, equals).strip().toLowerCase(Locale.ROOT);
    int at = equals + 1;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    StringBuilder value = new StringBuilder();
    if (at < text.length() && text.charAt(at) == '"') {
      at = quoted(text, at + 1, value);
    }
    int end = text.indexOf(';', at);
    end = end < 0 ? text.length() : end;
    into.putIfAbsent(
        name, value.isEmpty() ? text.substring(Math.min(at, end), end).strip() : value.toString());
    return end;
  }

  private static int quoted(String text, int from, StringBuilder into) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      into.append(text.charAt(at++));
    }
    return Math.min(at + 1, text.length());
  }

  private String joined(String name) {
    StringBuilder out = new StringBuilder();
    String charset = "";
    for (int i = 0; i < SECTIONS; i++) {
      String encoded = parameters.get(name + "*" + i + "*");
      String plain = parameters.get(name + "*" + i);
      if (encoded != null) {
        int text = i == 0 ? afterQuotes(encoded) : 0;
        charset = i == 0 ? charset(encoded) : charset;
        out.append(percent(encoded.substring(text), charset));
      } else if (plain != null) {
        out.append(plain);
      } else {
        break;
      }
    }
    return out.toString();
  }

  private static String extended(String value) {
    return percent(value.substring(afterQuotes(value)), charset(value));
  }

  private static int afterQuotes(String value) {
    int first = value.indexOf('\'');
    int second = first < 0 ? -1 : value.indexOf('\'', first + 1);
    return second + 1;
  }

  private static String charset(String value) {
    int quote = value.indexOf('\'');
    return quote < 0 ? "" : value.substring(0, quote);
  }

  private static String percent(String text, String charset) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      if (low >= 0) {
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    Charset known = Charsets.named(charset).orElse(StandardCharsets.UTF_8);
    return out.toString(known);
  }

  // Many senders write encoded words here although RFC 2047 §5 forbids it.
  private static String words(String text) {
    if (!text.contains("=?")) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length());
    text.chars().forEach(c -> line.append(c < ' ' ? ' ' : (char) c));
    return HeaderField.of("X", line.toString()).decodedValue();
  }
}
