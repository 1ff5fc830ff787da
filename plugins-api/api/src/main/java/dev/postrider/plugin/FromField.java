package dev.postrider.plugin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of a From field (RFC 5322 §3.4), read strictly: what can't be read for sure has no
 * answer, so that nobody reads another author than the one that was checked. A name may have commas
 * without quotes, as in {@code Foo, Inc. <a@b.example>}, where nothing in it looks like an address.
 * One linear pass.
 *
 * @since 1.1
 */
public final class FromField {
  private final String text;
  private int at;
  private boolean sign;

  private FromField(String text) {
    this.text = text;
  }

  /**
   * The addresses, at least one.
   *
   * @param value as {@link HeaderField#value}
   * @return empty where the field can't be read: groups, routes, text after an address, open quotes
   */
  public static Optional<List<EmailAddress>> addresses(String value) {
    return new FromField(value).read();
  }

  /**
   * Whether a From field is hidden, as {@link Message#hides} says.
   *
   * @throws IOException when the message can't be read
   */
  public static boolean isHidden(Message message) throws IOException {
    return message.hides("From");
  }

  private Optional<List<EmailAddress>> read() {
    List<EmailAddress> out = new ArrayList<>();
    do {
      Optional<EmailAddress> address = mailbox();
      if (address.isEmpty()) {
        return Optional.empty();
      }
      out.add(address.get());
    } while (at < text.length() && text.charAt(at++) == ',');
    return Optional.of(out);
  }

  /** Up to the next comma outside of quotes, comments, brackets and names, or to the end. */
  private Optional<EmailAddress> mailbox() {
    StringBuilder bare = new StringBuilder();
    String bracketed = null;
    boolean commas = false;
    boolean named = false;
    sign = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ',') {
        if (bracketed != null || sign || !named) {
          break;
        }
        commas = true;
      }
      named = c != ',' && (named || !Character.isWhitespace(c));
      if (bracketed != null && c != '(' && !Character.isWhitespace(c)) {
        return Optional.empty();
      }
      switch (c) {
        case '"' -> {
          if (!quoted(bare)) {
            return Optional.empty();
          }
        }
        case '(' -> {
          if (!comment()) {
            return Optional.empty();
          }
        }
        case '<' -> {
          int end = closing();
          if (end < 0) {
            return Optional.empty();
          }
          bracketed = text.substring(at + 1, end);
          at = end + 1;
        }
        case ':', ';', '>', ')' -> {
          return Optional.empty();
        }
        default -> {
          sign |= c == '@';
          bare.append(c);
          at++;
        }
      }
    }
    boolean hides = sign || EncodedWords.decode(bare.toString()).indexOf('@') >= 0;
    if (commas && (bracketed == null || hides)) {
      return Optional.empty();
    }
    return EmailAddress.tryParse((bracketed == null ? bare.toString() : bracketed).strip());
  }

  private boolean quoted(StringBuilder out) {
    int from = at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      return false;
    }
    out.append(text, from, ++at);
    sign |= text.substring(from, at).indexOf('@') >= 0;
    return true;
  }

  private boolean comment() {
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      at += c == '\\' ? 2 : 1;
      sign |= c == '@';
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return true;
      }
    }
    return false;
  }

  private int closing() {
    boolean quoted = false;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '>' && !quoted) {
        return i;
      } else if (c == '<' && !quoted) {
        return -1;
      }
    }
    return -1;
  }
}
