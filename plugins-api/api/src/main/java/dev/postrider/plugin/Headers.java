package dev.postrider.plugin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The header fields of a message in their order; immutable, octets kept.
 *
 * @param fields from the top of the message on
 * @since 1.0
 */
public record Headers(List<HeaderField> fields) {

  /** No fields. */
  public static final Headers EMPTY = new Headers(List.of());

  /** Copies the list and sees to it that a field ends its line before the next one begins. */
  public Headers {
    fields = closedBeforeLast(fields);
  }

  /** All fields of a name, from the top on. */
  public Stream<HeaderField> all(String name) {
    return fields.stream().filter(field -> field.is(name));
  }

  /** The first field of a name. */
  public Optional<HeaderField> first(String name) {
    return all(name).findFirst();
  }

  /** Whether a field of this name is there. */
  public boolean contains(String name) {
    return first(name).isPresent();
  }

  /** How many fields have this name. */
  public int count(String name) {
    return (int) all(name).count();
  }

  /** The same with a field on top, where trace fields go (RFC 5321 §4.4). */
  public Headers withFirst(HeaderField field) {
    List<HeaderField> out = new ArrayList<>(fields.size() + 1);
    out.add(field);
    out.addAll(fields);
    return new Headers(out);
  }

  /** The same with a field at the end of the header. */
  public Headers withLast(HeaderField field) {
    List<HeaderField> out = new ArrayList<>(fields.size() + 1);
    out.addAll(fields);
    out.add(field);
    return new Headers(out);
  }

  /** The same without any field of this name. */
  public Headers without(String name) {
    return new Headers(fields.stream().filter(field -> !field.is(name)).toList());
  }

  /** The octets of all fields, without the empty line after them. */
  public byte[] octets() {
    StringBuilder out = new StringBuilder();
    fields.forEach(field -> out.append(field.raw()));
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The same, with a line end after the last field too. */
  Headers closed() {
    if (fields.isEmpty() || fields.getLast().isClosed()) {
      return this;
    }
    List<HeaderField> out = new ArrayList<>(fields);
    out.set(out.size() - 1, out.getLast().closed());
    return new Headers(out);
  }

  // A header that ends with the message may lack its line end.
  private static List<HeaderField> closedBeforeLast(List<HeaderField> fields) {
    List<HeaderField> out = new ArrayList<>(fields);
    for (int i = 0; i < out.size() - 1; i++) {
      out.set(i, out.get(i).closed());
    }
    return List.copyOf(out);
  }
}
