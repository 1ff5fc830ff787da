package dev.postrider.mailet.filtering.rspamd;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What rspamd wants changed in a header: its block {@code milter}.
 *
 * @param removals come first
 * @param additions in their order
 */
record HeaderEdits(List<Removal> removals, List<Addition> additions) {

  private static final int MOST = 200;
  private static final int LONGEST = 16 * 1024;

  /**
   * Fields to remove.
   *
   * @param which 0 for all of the name, 1 for the first, -1 for the last
   */
  record Removal(String name, int which) {}

  /**
   * A field to add.
   *
   * @param position before which field, 0 for the first; beyond the last or negative: at the end
   */
  record Addition(HeaderField field, int position) {}

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException when they are too long
   */
  HeaderEdits {
    removals = List.copyOf(removals);
    additions = List.copyOf(additions);
    if (removals.size() + additions.size() > MOST) {
      throw new IllegalArgumentException("it wants more than " + MOST + " changes of the header");
    }
  }

  /**
   * Reads the block.
   *
   * @throws IllegalArgumentException when a field of it can't be a header field
   */
  static HeaderEdits read(JsonTree milter) {
    List<Removal> removals = new ArrayList<>();
    JsonTree remove = milter.object("remove_headers");
    for (String name : remove.names()) {
      for (Object value : remove.values(name)) {
        removals.add(new Removal(name, value instanceof BigDecimal which ? which.intValue() : 0));
      }
    }
    List<Addition> additions = new ArrayList<>();
    JsonTree add = milter.object("add_headers");
    for (String name : add.names()) {
      for (Object value : add.values(name)) {
        additions.add(addition(name, value));
      }
    }
    return new HeaderEdits(removals, additions);
  }

  private static Addition addition(String name, Object value) {
    if (value instanceof JsonTree tree) {
      int position = tree.number("order").map(BigDecimal::intValue).orElse(-1);
      return new Addition(field(name, tree.text("value").orElse("")), position);
    }
    return new Addition(field(name, value instanceof String text ? text : ""), -1);
  }

  /** A field whose value may be folded already. */
  static HeaderField field(String name, String value) {
    if (value.length() > LONGEST) {
      throw new IllegalArgumentException("the value of a header field is too long");
    }
    String lines = value.replace("\r\n", "\n").strip().replace("\n", "\r\n");
    String octets = name + ": " + lines + "\r\n";
    return HeaderField.received(
        new String(octets.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  /** The header with all of the changes. */
  Headers apply(Headers headers) {
    List<HeaderField> fields = new ArrayList<>(headers.fields());
    removals.forEach(removal -> remove(fields, removal));
    for (Addition addition : additions) {
      boolean inside = addition.position() >= 0 && addition.position() < fields.size();
      fields.add(inside ? addition.position() : fields.size(), addition.field());
    }
    return new Headers(fields);
  }

  private static void remove(List<HeaderField> fields, Removal removal) {
    if (removal.which() == 0) {
      fields.removeIf(field -> field.is(removal.name()));
      return;
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).is(removal.name())) {
        places.add(i);
      }
    }
    if (removal.which() < 0) {
      Collections.reverse(places);
    }
    long index = Math.abs((long) removal.which());
    if (index <= places.size()) {
      fields.remove((int) places.get((int) index - 1));
    }
  }
}
