package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.HeaderField;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;

/**
 * Writes the field of a signature, folded to lines of at most 76 characters: the tags, then {@code
 * b=}. Not thread-safe.
 */
public final class SignatureText {

  private static final int WIDTH = 76;

  private final StringBuilder text;
  private int column;

  /** Starts a field. */
  public SignatureText(String name) {
    this.text = new StringBuilder(name).append(':');
    this.column = text.length();
  }

  /** One more tag. */
  public SignatureText tag(String name, String value) {
    word(name + "=" + value + ";");
    return this;
  }

  /** One more tag whose value may be folded anywhere. */
  public SignatureText octets(String name, byte[] value) {
    word(name + "=");
    pieces(Base64.getEncoder().encodeToString(value));
    put(";");
    return this;
  }

  /** One more tag with a list that is folded before its colons. */
  public SignatureText names(String name, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      String start = i == 0 ? name + "=" : ":";
      String end = i == values.size() - 1 ? ";" : "";
      if (i == 0) {
        word(start + values.get(i) + end);
      } else {
        String piece = start + values.get(i) + end;
        if (column + piece.length() > WIDTH) {
          fold();
        }
        put(piece);
      }
    }
    return this;
  }

  /** The field with an empty {@code b=}, as it is signed. */
  public String unsigned() {
    return text + (column + " b=".length() > WIDTH ? "\r\n b=" : " b=");
  }

  /** The whole field. */
  public HeaderField signed(SignatureAlgorithm algorithm, PrivateKey key, byte[] octets)
      throws GeneralSecurityException {
    byte[] signature = algorithm.sign(key, octets);
    word("b=");
    pieces(Base64.getEncoder().encodeToString(signature));
    return HeaderField.received(text + "\r\n");
  }

  private void word(String word) {
    if (column + 1 + word.length() > WIDTH) {
      fold();
      put(word);
    } else {
      put(" " + word);
    }
  }

  private void pieces(String base64) {
    int at = 0;
    while (at < base64.length()) {
      if (column >= WIDTH) {
        fold();
      }
      int end = Math.min(base64.length(), at + WIDTH - column);
      put(base64.substring(at, end));
      at = end;
    }
  }

  private void fold() {
    text.append("\r\n ");
    column = 1;
  }

  private void put(String piece) {
    text.append(piece);
    column += piece.length();
  }
}
