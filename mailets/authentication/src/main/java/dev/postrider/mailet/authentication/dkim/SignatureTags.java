package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.Domains;
import dev.postrider.plugin.HeaderField;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tags of a signature one after the other and keeps the first fault, so that what uses it
 * asks once, at the end; what a faulty tag answers means nothing. Not thread-safe.
 */
public final class SignatureTags {

  private static final int MAX_DIGITS = 12;

  private final HeaderField field;
  private final TagList tags;
  private @Nullable Fault fault;

  /** The tags of a signature's field. */
  public SignatureTags(HeaderField field) {
    this.field = field;
    Optional<TagList> list = TagList.parse(value(field));
    this.tags = list.orElseGet(() -> TagList.parse("").orElseThrow());
    if (list.isEmpty()) {
      fault = new Fault(Verdict.NEUTRAL, "the tags of the signature can't be read");
    }
  }

  /** The first fault that was met. */
  public Optional<Fault> fault() {
    return Optional.ofNullable(fault);
  }

  /** Notes a fault, unless there is one. */
  public void note(Verdict verdict, String reason) {
    if (fault == null) {
      fault = new Fault(verdict, reason);
    }
  }

  /** The raw field with the value of {@code b=} cut out. */
  public String unsigned() {
    int colon = field.raw().indexOf(':');
    return field.raw().substring(0, colon + 1) + tags.without("b");
  }

  /** A tag that may be missing. */
  public Optional<String> get(String name) {
    return tags.get(name);
  }

  /** A tag that has to be there and not be empty. */
  public String required(String name) {
    Optional<String> value = tags.get(name);
    if (value.isEmpty() || value.get().isEmpty()) {
      note(Verdict.PERMERROR, "the signature has no " + name + "=");
    }
    return value.orElse("");
  }

  /** The {@code a=}. */
  public SignatureAlgorithm algorithm() {
    String name = required("a");
    Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.of(name);
    if (algorithm.isEmpty()) {
      note(Verdict.NEUTRAL, "the algorithm is not known");
    }
    return algorithm.orElse(SignatureAlgorithm.RSA_SHA256);
  }

  /** A tag with octets in base64. */
  public byte[] octets(String name) {
    String text = TagList.withoutSpace(required(name));
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      note(Verdict.NEUTRAL, name + "= is not base64");
      return new byte[0];
    }
  }

  /** A domain name, in the form in which names are compared. */
  public String domain(String name) {
    String text = required(name);
    try {
      return Domains.normalise(utf8(text));
    } catch (IllegalArgumentException e) {
      note(Verdict.NEUTRAL, name + "= is not a domain");
      return "";
    }
  }

  /** Both forms of {@code c=}, the header's first; those of the fallback where it is missing. */
  public List<Canonicalization> forms(String fallback) {
    String text = tags.compact("c").orElse(fallback);
    int slash = text.indexOf('/');
    String body = slash < 0 ? "simple" : text.substring(slash + 1);
    Optional<Canonicalization> first =
        Canonicalization.of(slash < 0 ? text : text.substring(0, slash));
    Optional<Canonicalization> second = Canonicalization.of(body);
    if (first.isEmpty() || second.isEmpty()) {
      note(Verdict.NEUTRAL, "the canonicalization is not known");
    }
    return List.of(first.orElse(Canonicalization.SIMPLE), second.orElse(Canonicalization.SIMPLE));
  }

  /** The names in {@code h=}; some may be empty. */
  public List<String> names(int limit) {
    Optional<String> text = tags.compact("h");
    if (text.isEmpty()) {
      note(Verdict.PERMERROR, "the signature has no h=");
      return List.of();
    }
    List<String> names = new ArrayList<>();
    int start = 0;
    while (start <= text.get().length()) {
      int colon = text.get().indexOf(':', start);
      int end = colon < 0 ? text.get().length() : colon;
      names.add(text.get().substring(start, end));
      if (names.size() > limit) {
        note(Verdict.POLICY, "h= has more than " + limit + " names");
        return List.of();
      }
      start = end + 1;
    }
    return names;
  }

  /** A number, where the tag is there. */
  public OptionalLong number(String name) {
    Optional<String> text = tags.get(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    boolean digits = text.get().chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.get().isEmpty() || text.get().length() > MAX_DIGITS) {
      note(Verdict.NEUTRAL, name + "= is not a number");
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text.get()));
  }

  /** A time in seconds, where the tag is there. */
  public Optional<Instant> time(String name) {
    OptionalLong seconds = number(name);
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(seconds.getAsLong()));
  }

  static String utf8(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String value(HeaderField field) {
    return field.raw().substring(field.raw().indexOf(':') + 1);
  }
}
