package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The octets that a signature covers: the fields it names, each name from the bottom of the header
 * up, then the signature's own field with an empty {@code b=} (RFC 6376 §3.7, §5.4.2). Linear in
 * the size of header and list.
 */
public final class SignedFields {

  private final Map<String, List<HeaderField>> byName = new HashMap<>();

  /** Over these fields. */
  public SignedFields(Headers headers) {
    for (HeaderField field : headers.fields()) {
      byName.computeIfAbsent(key(field.name()), _ -> new ArrayList<>()).add(field);
    }
  }

  /**
   * The octets that a signature in the header covers.
   *
   * @param names as in {@code h=}; one that no field is left for stands for nothing
   * @param own the signature's field, which is never among them
   * @param unsigned the raw text of that field with the value of {@code b=} cut out
   */
  public byte[] octets(
      List<String> names, Canonicalization form, HeaderField own, String unsigned) {
    return octets(names, form, unsigned, Optional.of(own));
  }

  /** The octets that a signature covers which is not in the header yet. */
  public byte[] octets(List<String> names, Canonicalization form, String unsigned) {
    return octets(names, form, unsigned, Optional.empty());
  }

  private byte[] octets(
      List<String> names, Canonicalization form, String unsigned, Optional<HeaderField> own) {
    Map<String, Deque<HeaderField>> left = new HashMap<>();
    StringBuilder out = new StringBuilder();
    for (String name : names) {
      HeaderField next = left.computeIfAbsent(key(name), key -> without(key, own)).pollLast();
      if (next != null) {
        out.append(form.header(next.raw())).append("\r\n");
      }
    }
    out.append(form.header(unsigned));
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  // A signature never covers itself; another one of the same octets it may.
  @SuppressWarnings("ReferenceEquality")
  private Deque<HeaderField> without(String key, Optional<HeaderField> own) {
    Deque<HeaderField> out = new ArrayDeque<>();
    for (HeaderField each : byName.getOrDefault(key, List.of())) {
      if (own.isEmpty() || each != own.get()) {
        out.add(each);
      }
    }
    return out;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
