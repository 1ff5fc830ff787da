package dev.postrider.mailet.authentication.results;

/**
 * What a result is about (RFC 8601 §2.3): {@code ptype.property=value}.
 *
 * @param ptype {@code smtp}, {@code header}, {@code body} or {@code policy}, or another keyword;
 *     lower case
 * @param property a keyword, such as {@code mailfrom}; lower case
 * @param value printable ASCII, at most 400 characters; other characters become {@code ?}
 */
public record Property(String ptype, String property, String value) {

  private static final int LONGEST = 400;

  /**
   * Makes the value fit.
   *
   * @throws IllegalArgumentException when a name is no keyword
   */
  public Property {
    ptype = Keyword.of(ptype);
    property = Keyword.of(property);
    value = Printable.text(value, LONGEST);
  }

  /** Whether it has these names. */
  public boolean is(String otherPtype, String otherProperty) {
    return ptype.equals(otherPtype) && property.equals(otherProperty);
  }

  /** As in the field: the value quoted where it has to be. */
  @Override
  public String toString() {
    return ptype + "." + property + "=" + Printable.value(value);
  }
}
