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
 * @param loose whether that octet is white space, so that a field put before it would swallow it
 */
record HeaderBlock(List<HeaderField> fields, long end, boolean loose) {

  private static final int LIMIT = 256 * 1024;
  private static final int FIRST_READ = 8 * 1024;

  static HeaderBlock read(Content content) throws IOException {
    int size = (int) Math.min(content.size(), FIRST_READ);
    HeaderBlock block = parse(head(content, size), size == content.size(), false);
    if (block == null) {
      size = (int) Math.min(content.size(), LIMIT);
      block = parse(head(content, size), size == content.size(), true);
    }
    return block == null ? new HeaderBlock(List.of(), 0, false) : block;
  }

  private static String head(Content content, int size) throws IOException {
    try (InputStream in = content.open()) {
      return new String(in.readNBytes(size), StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * Null when the header does not end in the text and there is more to read. At the limit a field
   * of which the end is not seen belongs to what follows: fields are never cut.
   */
  private static @Nullable HeaderBlock parse(String text, boolean whole, boolean limit) {
    List<HeaderField> fields = new ArrayList<>();
    int field = 0;
    int line = 0;
    while (line < text.length()) {
      int newline = text.indexOf('\n', line);
      int next = newline < 0 ? text.length() : newline + 1;
      char first = text.charAt(line);
      boolean continues = (first == ' ' || first == '\t') && line > field;
      if (!continues) {
        if (line > field) {
          fields.add(HeaderField.found(text.substring(field, line)));
        }
        field = line;
        if (newline < 0 && !whole) {
          break;
        }
        if (HeaderField.nameEnd(text, line, next) < 0) {
          return new HeaderBlock(fields, line, first == ' ' || first == '\t');
        }
      }
      line = next;
    }
    if (!whole) {
      return limit ? new HeaderBlock(fields, field, false) : null;
    }
    if (line > field) {
      fields.add(HeaderField.found(text.substring(field, line)));
    }
    return new HeaderBlock(fields, line, false);
  }
}
