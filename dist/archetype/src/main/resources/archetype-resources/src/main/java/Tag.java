package ${package};

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;

/** Adds a header field. */
@Doc("Adds a header field that says what a mail is about.")
@Does(Action.ADD_HEADERS)
public final class Tag implements Mailet {

  /** The parameters, as elements of the mailet in the XML. */
  public record Settings(
      @Param(doc = "The field's name.", defaultValue = "X-Tag") String name,
      @Param(doc = "The field's value.") String value) {}

  private final HeaderField field;

  /** Fails, and so is told with file and line, where name or value can't be a field's. */
  public Tag(Settings settings) {
    this.field = HeaderField.of(settings.name(), settings.value());
  }

  @Override
  public Outcome process(Mail mail) {
    return Outcome.next(mail.withHeaders(headers -> headers.withFirst(field)));
  }
}
