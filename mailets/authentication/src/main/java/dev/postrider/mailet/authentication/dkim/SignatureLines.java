package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.HeaderField;
import java.util.ArrayList;
import java.util.List;

/** Fields as one text, and back: a line feed between them. */
public final class SignatureLines {

  private static final String LINE_END = "\r\n";

  private SignatureLines() {}

  /** The fields, each with its line end. */
  public static String write(List<HeaderField> fields) {
    return String.join("\n", fields.stream().map(HeaderField::raw).toList());
  }

  /**
   * The fields of a text.
   *
   * @throws IllegalArgumentException when there is something else in it
   */
  public static List<HeaderField> read(String text) {
    List<HeaderField> fields = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf(LINE_END + "\n", start);
      int next = end < 0 ? text.length() : end + LINE_END.length();
      fields.add(HeaderField.received(text.substring(start, next)));
      start = next + 1;
    }
    return fields;
  }
}
