package dev.postrider.mailet.spam.reading;

import java.util.Map;

/** Character references of HTML: all numeric ones, and the names that mails use. */
final class Entities {

  private static final int LONGEST = 12;

  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("ensp", " "),
          Map.entry("emsp", " "),
          Map.entry("thinsp", " "),
          Map.entry("shy", "\u00ad"),
          Map.entry("zwnj", "\u200c"),
          Map.entry("zwj", "\u200d"),
          Map.entry("lrm", "\u200e"),
          Map.entry("rlm", "\u200f"),
          Map.entry("ndash", "–"),
          Map.entry("mdash", "—"),
          Map.entry("hellip", "…"),
          Map.entry("lsquo", "‘"),
          Map.entry("rsquo", "’"),
          Map.entry("ldquo", "“"),
          Map.entry("rdquo", "”"),
          Map.entry("bull", "•"),
          Map.entry("middot", "·"),
          Map.entry("euro", "€"),
          Map.entry("pound", "£"),
          Map.entry("yen", "¥"),
          Map.entry("copy", "©"),
          Map.entry("reg", "®"),
          Map.entry("trade", "™"),
          Map.entry("auml", "ä"),
          Map.entry("ouml", "ö"),
          Map.entry("uuml", "ü"),
          Map.entry("Auml", "Ä"),
          Map.entry("Ouml", "Ö"),
          Map.entry("Uuml", "Ü"),
          Map.entry("szlig", "ß"),
          Map.entry("agrave", "à"),
          Map.entry("aacute", "á"),
          Map.entry("acirc", "â"),
          Map.entry("aring", "å"),
          Map.entry("aelig", "æ"),
          Map.entry("ccedil", "ç"),
          Map.entry("egrave", "è"),
          Map.entry("eacute", "é"),
          Map.entry("ecirc", "ê"),
          Map.entry("iacute", "í"),
          Map.entry("ntilde", "ñ"),
          Map.entry("oacute", "ó"),
          Map.entry("ocirc", "ô"),
          Map.entry("oslash", "ø"),
          Map.entry("uacute", "ú"));

  private Entities() {}

  /**
   * Reads the reference that begins at an ampersand.
   *
   * @param into gets its text; nothing where there is none
   * @return where it ends; the same place where there is none
   */
  static int read(String text, int at, StringBuilder into) {
    int limit = Math.min(text.length(), at + LONGEST);
    int end = at + 1;
    while (end < limit && isName(text.charAt(end))) {
      end++;
    }
    String name = text.substring(at + 1, end);
    String replacement = name.startsWith("#") ? numeric(name) : NAMED.getOrDefault(name, "");
    if (replacement.isEmpty()) {
      return at;
    }
    into.append(replacement);
    return end < text.length() && text.charAt(end) == ';' ? end + 1 : end;
  }

  private static boolean isName(char c) {
    return c == '#' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static String numeric(String name) {
    boolean hex = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
    int radix = hex ? 16 : 10;
    int value = 0;
    int start = hex ? 2 : 1;
    for (int i = start; i < name.length(); i++) {
      int digit = Character.digit(name.charAt(i), radix);
      if (digit < 0 || value > Character.MAX_CODE_POINT) {
        return "";
      }
      value = value * radix + digit;
    }
    boolean character = name.length() > start && value > 0 && Character.isValidCodePoint(value);
    return character && !(value >= 0xd800 && value <= 0xdfff) ? Character.toString(value) : "";
  }
}
