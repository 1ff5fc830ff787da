package dev.postrider.kernel.bounce;

/** The encoding of ENVID and ORCPT values (RFC 3461 §4). */
final class Xtext {

  private Xtext() {}

  /**
   * The decoded value; the text as it is where it is no xtext or does not decode to printable
   * ASCII, so that decoding never brings a control character to light.
   */
  static String shown(String xtext) {
    StringBuilder out = new StringBuilder(xtext.length());
    for (int i = 0; i < xtext.length(); i++) {
      char c = xtext.charAt(i);
      if (c == '+') {
        int high = i + 2 < xtext.length() ? Character.digit(xtext.charAt(i + 1), 16) : -1;
        int low = i + 2 < xtext.length() ? Character.digit(xtext.charAt(i + 2), 16) : -1;
        c = high < 0 || low < 0 ? 0 : (char) (high * 16 + low);
        i += 2;
      }
      if (c < ' ' || c > '~') {
        return xtext;
      }
      out.append(c);
    }
    return out.toString();
  }
}
