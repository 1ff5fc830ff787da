package dev.postrider.mailet.spam.reading;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;

/**
 * Text in one form: compatible forms of a character are one (NFKC), what is invisible is gone, and
 * letters that only look Latin are Latin where they stand among Latin ones.
 *
 * @param text in that form
 * @param invisible how many invisible characters were taken out
 * @param disguised how many words mixed look-alike letters into Latin ones
 */
public record Written(String text, int invisible, int disguised) {

  // Sorting marks by class takes quadratic time; no script needs this many on one letter.
  private static final int MARKS = 8;

  private static final String LOOK_ALIKE =
      "аАвВеЕкКмМнНоОрРсСтТуУхХѕЅіІјЈԁһԛԝοΟαΑβΒεΕηΗιΙκΚμΜνΝρΡτΤυΥχΧ";
  private static final String LATIN =
      "aAbBeEkKmMhHoOpPcCtTyYxXsSiIjJdhqwoOaAbBeEnHiIkKuMvNpPtTuYxX";

  /** The text in that form. */
  public static Written of(String raw) {
    if (isPlain(raw)) {
      return new Written(raw, 0, 0);
    }
    StringBuilder seen = new StringBuilder(raw.length());
    int invisible = 0;
    int marks = 0;
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      i += Character.charCount(c);
      marks = isMark(c) ? marks + 1 : 0;
      if (isInvisible(c)) {
        invisible++;
      } else if (marks <= MARKS) {
        seen.appendCodePoint(c);
      }
    }
    String normal = Normalizer.normalize(seen, Normalizer.Form.NFKC);
    return unmasked(normal, invisible);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  // The joiners are part of some scripts, but between Latin letters they only break words; they
  // are left out of every token, so that both ways of writing a word are one.
  private static boolean isInvisible(int c) {
    return c == 0xad
        || c == 0x34f
        || c == 0x115f
        || c == 0x1160
        || c == 0x3164
        || (c >= 0xfe00 && c <= 0xfe0f)
        || Character.getType(c) == Character.FORMAT;
  }

  private static Written unmasked(String text, int invisible) {
    StringBuilder out = new StringBuilder(text);
    int disguised = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && Character.isLetter(text.charAt(i))) {
        continue;
      }
      if (i > start && isDisguised(text, start, i)) {
        disguised++;
        for (int k = start; k < i; k++) {
          int at = LOOK_ALIKE.indexOf(text.charAt(k));
          if (at >= 0) {
            out.setCharAt(k, LATIN.charAt(at));
          }
        }
      }
      start = i + 1;
    }
    return new Written(out.toString(), invisible, disguised);
  }

  private static boolean isDisguised(String text, int from, int to) {
    boolean latin = false;
    boolean other = false;
    for (int i = from; i < to && !(latin && other); i++) {
      char c = text.charAt(i);
      boolean ascii = c < 0x80;
      latin |= ascii || UnicodeScript.of(c) == UnicodeScript.LATIN;
      other |= !ascii && LOOK_ALIKE.indexOf(c) >= 0;
    }
    return latin && other;
  }
}
