package dev.postrider.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header fields at the start of some content; one linear pass.
 *
 * @param fields the fields with their octets
 * @param end where the first octet after them is
 */
record HeaderBlock(List<HeaderField> fields, long end) {

  private static final int LIMIT = 256 * 1024;
  private static final int FIRST_READ = 8 * 1024;

  static HeaderBlock read(Content content) throws IOException {
    int size = (int) Math.min(content.size(), FIRST_READ);
    HeaderBlock block = parse(head(content, size), size == content.size());
    if (block == null) {
      size = (int) Math.min(content.size(), LIMIT);
      block = parse(head(content, size), true);
    }
    return block == null ? new HeaderBlock(List.of(), 0) : block;
  }

  private static String head(Content content, int size) throws IOException {
    try (InputStream in = content.open()) {
      return new String(in.readNBytes(size), StandardCharsets.ISO_8859_1);
    }
  }

  /** Null when the header does not end in the text and there is more to read. */
  private static @Nullable HeaderBlock parse(String text, boolean whole) {
    List<HeaderField> fields = new ArrayList<>();
    int field = 0;
    int line = 0;
    while (line < text.length()) {
      int newline = text.indexOf('\n', line);
      int next = newline < 0 ? text.length() : newline + 1;
      if (newline < 0 && !whole) {
        return null;
      }
      char first = text.charAt(line);
      boolean continues = (first == ' ' || first == '\t') && line > field;
      if (!continues) {
        if (line > field) {
          fields.add(HeaderField.received(text.substring(field, line)));
        }
        field = line;
        if (!startsField(text, line, next)) {
          return new HeaderBlock(fields, line);
        }
      }
      line = next;
    }
    if (!whole) {
      return null;
    }
    if (line > field) {
      fields.add(HeaderField.received(text.substring(field, line)));
    }
    return new HeaderBlock(fields, line);
  }

  private static boolean startsField(String text, int start, int end) {
    int colon = text.indexOf(':', start);
    if (colon < 0 || colon >= end) {
      return false;
    }
    String name = text.substring(start, colon).stripTrailing();
    return HeaderField.isName(name, name.length());
  }
}
