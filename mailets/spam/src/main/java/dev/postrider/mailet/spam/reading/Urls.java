package dev.postrider.mailet.spam.reading;

import java.util.ArrayList;
import java.util.List;

/** Finds links in plain text, in one pass. */
final class Urls {

  private static final int LONGEST = 2048;

  private Urls() {}

  /** The links of a text, at most so many. */
  static List<Url> in(String text, int most) {
    List<Url> out = new ArrayList<>();
    int at = 0;
    while (at < text.length() && out.size() < most) {
      int start = start(text, at);
      if (start < 0) {
        at++;
        continue;
      }
      int end = start;
      while (end < text.length() && end - start < LONGEST && isPart(text.charAt(end))) {
        end++;
      }
      Url.parse(text.substring(start, trimmed(text, start, end))).ifPresent(out::add);
      at = Math.max(end, at + 1);
    }
    return out;
  }

  // Where the link begins that is recognised by the character here, or -1.
  private static int start(String text, int at) {
    char c = text.charAt(at);
    if (c == 'h' || c == 'H') {
      boolean link =
          text.regionMatches(true, at, "http://", 0, 7)
              || text.regionMatches(true, at, "https://", 0, 8);
      return link ? at : -1;
    }
    boolean www = (c == 'w' || c == 'W') && text.regionMatches(true, at, "www.", 0, 4);
    boolean inWord = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
    return www && !inWord ? at : -1;
  }

  private static boolean isPart(char c) {
    return c > ' ' && c != 0x7f && "<>\"'`{}|^\u00a0".indexOf(c) < 0 && !Character.isWhitespace(c);
  }

  private static int trimmed(String text, int start, int end) {
    int last = end;
    while (last > start && ".,;:!?)]".indexOf(text.charAt(last - 1)) >= 0) {
      last--;
    }
    return last;
  }
}
