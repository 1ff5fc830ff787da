package dev.postrider.mailet.authentication.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one check came to (RFC 8601 §2.2, {@code resinfo}). Immutable; each {@code with…} makes
 * another one.
 *
 * @param method a keyword in lower case: {@code spf}, {@code dkim}, {@code dmarc}, …
 * @param result a keyword in lower case: {@code pass}, {@code fail}, {@code none}, …
 * @param reason why, for programs and people; printable ASCII, at most 200 characters
 * @param comment for people; printable ASCII, at most 200 characters
 * @param properties what it is about
 */
public record MethodResult(
    String method,
    String result,
    Optional<String> reason,
    Optional<String> comment,
    List<Property> properties) {

  private static final int LONGEST = 200;

  /**
   * Makes the texts fit.
   *
   * @throws IllegalArgumentException when method or result is no keyword
   */
  public MethodResult {
    method = Keyword.of(method);
    result = Keyword.of(result);
    reason = reason.map(text -> Printable.text(text, LONGEST));
    comment = comment.map(text -> Printable.text(text, LONGEST));
    properties = List.copyOf(properties);
  }

  /** A result without anything else. */
  public static MethodResult of(String method, String result) {
    return new MethodResult(method, result, Optional.empty(), Optional.empty(), List.of());
  }

  /** The same with one more property. */
  public MethodResult with(String ptype, String property, String value) {
    List<Property> more = new ArrayList<>(properties);
    more.add(new Property(ptype, property, value));
    return new MethodResult(method, result, reason, comment, more);
  }

  /** The same with a reason. */
  public MethodResult withReason(String text) {
    return new MethodResult(method, result, Optional.of(text), comment, properties);
  }

  /** The same with a comment. */
  public MethodResult withComment(String text) {
    return new MethodResult(method, result, reason, Optional.of(text), properties);
  }

  /** Whether it is this method. */
  public boolean isOf(String other) {
    return method.equals(other);
  }

  /** Whether it is this method with this result. */
  public boolean is(String otherMethod, String otherResult) {
    return method.equals(otherMethod) && result.equals(otherResult);
  }

  /** The value of the first property of this name. */
  public Optional<String> value(String ptype, String property) {
    return properties.stream()
        .filter(each -> each.is(ptype, property))
        .map(Property::value)
        .findFirst();
  }

  /**
   * Reads what {@link #toString} wrote, or one {@code resinfo} of a field without its semicolon.
   */
  public static Optional<MethodResult> read(String text) {
    return ResultsReader.result(text);
  }

  /** One line as in the field, without the semicolon before it. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(method).append('=').append(result);
    comment.ifPresent(text -> out.append(' ').append(Printable.comment(text)));
    reason.ifPresent(text -> out.append(" reason=").append(Printable.quoted(text)));
    properties.forEach(each -> out.append(' ').append(each));
    return out.toString();
  }
}
