package dev.postrider.mailet.filtering;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;

/**
 * The name of a header field in which a filter's verdict is told. What others wrote there is not
 * the filter's and is taken off.
 *
 * @param name a field name (RFC 5322 §2.2)
 */
@Doc("header name")
public record HeaderName(String name) {

  /**
   * Reads a field name.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static HeaderName parse(String text) {
    return new HeaderName(HeaderField.of(text.strip(), "").name());
  }

  /** The mail without any field of this name. */
  public Mail takenOff(Mail mail) {
    return mail.message().headers().contains(name)
        ? mail.withHeaders(headers -> headers.without(name))
        : mail;
  }

  /** The mail with this field on top, and no other of the name. */
  public Mail put(Mail mail, String value) {
    HeaderField field = HeaderField.of(name, OnFailure.oneLine(value));
    return mail.withHeaders(headers -> headers.without(name).withFirst(field));
  }
}
