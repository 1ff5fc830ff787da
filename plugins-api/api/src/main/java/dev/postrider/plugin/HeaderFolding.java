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
    int colon = field.indexOf(':');
    int lastWord = field.length() - 1;
    while (lastWord > 0 && isSpace(field.charAt(lastWord))) {
      lastWord--;
    }
    StringBuilder out = new StringBuilder(field.length() + 16);
    int start = 0;
    int gap = -1;
    for (int i = colon + 2; i <= lastWord; i++) {
      if (isSpace(field.charAt(i)) && !isSpace(field.charAt(i - 1))) {
        if (i - start > LIMIT && gap > start) {
          out.append(field, start, gap).append("\r\n");
          start = gap;
        }
        gap = i;
      }
    }
    if (field.length() - start > LIMIT && gap > start) {
      out.append(field, start, gap).append("\r\n");
      start = gap;
    }
    return out.append(field, start, field.length()).toString();
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
