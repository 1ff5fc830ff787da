package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.HeaderField;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Writes the field of a signature, folded to lines of at most 76 characters where its words allow.
 * The place of {@code b=} is where {@link #signature} was called. Not thread-safe.
 */
public final class SignatureText {

  private static final int WIDTH = 76;
  private static final String PLACE = "b=";

  private final String name;
  // Each one is written without white space inside; before each one a line may end.
  private final List<String> pieces = new ArrayList<>();
  private final List<Boolean> first = new ArrayList<>();

  /** Starts a field. */
  public SignatureText(String name) {
    this.name = name;
  }

  /** One more tag. */
  public SignatureText tag(String tag, String value) {
    piece(tag + "=" + value, true);
    return this;
  }

  /** One more tag with octets in base64. */
  public SignatureText octets(String tag, byte[] value) {
    return tag(tag, Base64.getEncoder().encodeToString(value));
  }

  /** One more tag with a list that may be folded before its colons. */
  public SignatureText names(String tag, List<String> values) {
    String start = tag + "=";
    for (int i = 0; i < values.size(); i++) {
      piece(i == 0 ? start + values.get(0) : ":" + values.get(i), i == 0);
    }
    if (values.isEmpty()) {
      piece(start, true);
    }
    return this;
  }

  /** The place of the signature. */
  public SignatureText signature() {
    piece(PLACE, true);
    return this;
  }

  /** The field with an empty {@code b=}, as it is signed in the relaxed form. */
  public String unsigned() {
    return write("");
  }

  /**
   * The whole field.
   *
   * @param octets what is signed, {@link #unsigned} among it
   */
  public HeaderField signed(SignatureAlgorithm algorithm, PrivateKey key, byte[] octets)
      throws GeneralSecurityException {
    String base64 = Base64.getEncoder().encodeToString(algorithm.sign(key, octets));
    return HeaderField.received(write(base64) + "\r\n");
  }

  private void piece(String text, boolean begins) {
    pieces.add(text);
    first.add(begins);
  }

  private String write(String base64) {
    StringBuilder out = new StringBuilder(name).append(':');
    int line = out.length();
    for (int i = 0; i < pieces.size(); i++) {
      boolean begins = first.get(i);
      boolean ends = i + 1 < pieces.size() && first.get(i + 1);
      String piece = pieces.get(i);
      int space = begins ? 1 : 0;
      if (line + space + piece.length() + (ends ? 1 : 0) > WIDTH) {
        out.append("\r\n ");
        line = 1;
      } else if (begins) {
        out.append(' ');
        line++;
      }
      out.append(piece);
      line += piece.length();
      if (piece.equals(PLACE)) {
        line = fold(out, base64, line);
      }
      if (ends) {
        out.append(';');
        line++;
      }
    }
    return out.toString();
  }

  private static int fold(StringBuilder out, String base64, int start) {
    int line = start;
    int at = 0;
    while (at < base64.length()) {
      if (line >= WIDTH - 1) {
        out.append("\r\n ");
        line = 1;
      }
      int end = Math.min(base64.length(), at + WIDTH - 1 - line);
      out.append(base64, at, end);
      line += end - at;
      at = end;
    }
    return line;
  }
}
