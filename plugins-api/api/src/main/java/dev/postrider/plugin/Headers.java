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
 */
public record Headers(List<HeaderField> fields) {

  /** No fields. */
  public static final Headers EMPTY = new Headers(List.of());

  /** Copies the list. */
  public Headers {
    fields = List.copyOf(fields);
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
    for (HeaderField each : fields) {
      out.add(closed(each));
    }
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

  // A header that ends with the message may lack its line end.
  private static HeaderField closed(HeaderField field) {
    return field.raw().endsWith("\n") ? field : HeaderField.received(field.raw() + "\r\n");
  }
}
