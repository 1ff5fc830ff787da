package dev.postrider.plugin;

/** Folding of header fields (RFC 5322 §2.2.3). */
final class HeaderFolding {

  private static final int LIMIT = 78;

  private HeaderFolding() {}

  /** Breaks before white space, never inside a word, never leaving a line of white space only. */
  static String fold(String field) {
    if (field.length() <= LIMIT) {
      return field;
    }
    StringBuilder out = new StringBuilder(field.length() + 16);
    int start = 0;
    while (field.length() - start > LIMIT) {
      int cut = breakPoint(field, start);
      if (cut < 0) {
        break;
      }
      out.append(field, start, cut).append("\r\n");
      start = cut;
    }
    return out.append(field, start, field.length()).toString();
  }

  private static int breakPoint(String field, int start) {
    int best = -1;
    for (int i = start + 1; i < field.length(); i++) {
      boolean breakable = isSpace(field.charAt(i)) && !isSpace(field.charAt(i - 1));
      boolean wordFollows = breakable && !field.substring(i).isBlank();
      boolean wordBefore = breakable && !field.substring(start, i).isBlank();
      if (wordFollows && wordBefore && field.charAt(i - 1) != ':') {
        best = i;
      }
      if (i - start >= LIMIT && best > 0) {
        return best;
      }
    }
    return best;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
