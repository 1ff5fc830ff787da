package dev.postrider.mailet.spam.classifier;

import dev.postrider.mailet.spam.classifier.Features.Collector;
import dev.postrider.mailet.spam.classifier.Features.Kind;
import java.lang.Character.UnicodeScript;

/**
 * Words of a text and pairs of words that stand side by side. Scripts that are written without
 * spaces give pairs of characters instead.
 */
final class Words {

  private static final int SHORTEST = 2;
  private static final int LONGEST = 24;

  private Words() {}

  static void of(Collector into, int from, int to, Kind kind) {
    long before = 0;
    int beforeFrom = 0;
    int at = from;
    while (at < to) {
      char c = into.at(at);
      if (c == '\n') {
        before = 0;
      }
      if (!isWord(c)) {
        at++;
        continue;
      }
      if (isUnspaced(c)) {
        int next = at + 1;
        if (next < to && isUnspaced(into.at(next))) {
          into.add(into.hash(at, next + 1, kind), at, next + 1, kind);
        }
        before = 0;
        at = next;
        continue;
      }
      int end = end(into, at, to);
      if (end - at >= SHORTEST && end - at <= LONGEST) {
        long word = into.hash(at, end, kind);
        into.add(word, at, end, kind);
        if (before != 0) {
          into.add(Collector.pair(before, word), beforeFrom, end, kind.pair());
        }
        before = word;
        beforeFrom = at;
      } else if (end - at > LONGEST) {
        before = 0;
      }
      at = end;
    }
  }

  private static int end(Collector text, int from, int to) {
    int end = from;
    while (end < to) {
      char c = text.at(end);
      boolean inner = c == '\'' || c == '’' || c == '-' || c == '.' || c == ',' || c == '_';
      boolean more = inner && end + 1 < to && isWord(text.at(end + 1));
      if (!more && (!isWord(c) || isUnspaced(c))) {
        break;
      }
      end++;
    }
    return end;
  }

  // Signs of money stay with their amounts.
  private static boolean isWord(char c) {
    if (c < 0x80) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '$';
    }
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || Character.isSurrogate(c)
        || type == Character.CURRENCY_SYMBOL
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isUnspaced(char c) {
    if (c < 0x0e00) {
      return false;
    }
    UnicodeScript script = UnicodeScript.of(c);
    return switch (script) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}
