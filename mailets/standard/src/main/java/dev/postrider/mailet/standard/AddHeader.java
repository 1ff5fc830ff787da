package dev.postrider.mailet.standard;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;

/** Adds one header field at the end of the header, as in Apache James; never replaces one. */
@Doc(
    "Adds a header field at the end of the header. Fields of the same name stay; to replace them"
        + " put RemoveHeader before.")
@Does(Action.ADD_HEADERS)
public final class AddHeader implements Mailet {

  private final HeaderField field;

  /**
   * Adds a field.
   *
   * @throws IllegalArgumentException when the name is no field name, or the value holds a line end
   *     or NUL
   */
  public AddHeader(
      @Param(name = "name", doc = "The field's name.") String name,
      @Param(
              name = "value",
              doc = "The field's value, one line; text outside ASCII is encoded (RFC 2047).")
          String value) {
    this.field = HeaderField.of(name, value);
  }

  @Override
  public Outcome process(Mail mail) {
    return Outcome.next(mail.withHeaders(headers -> headers.withLast(field)));
  }
}
