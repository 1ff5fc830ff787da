package dev.postrider.plugin.example;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import java.time.InstantSource;

/** Notes in the header when the pipeline saw the mail. */
@Doc("Adds a header field with the present time.")
@Does(Action.ADD_HEADERS)
public final class StampTime implements Mailet {

  private final InstantSource clock;
  private final String name;

  /** Takes the clock, which the host lends, and the field's name from the XML. */
  public StampTime(
      InstantSource clock,
      @Param(name = "name", doc = "The field's name.", defaultValue = "X-Seen-At") String name) {
    this.clock = clock;
    this.name = HeaderField.of(name, "").name();
  }

  @Override
  public Outcome process(Mail mail) {
    HeaderField field = HeaderField.of(name, clock.instant().toString());
    return Outcome.next(mail.withHeaders(headers -> headers.withFirst(field)));
  }
}
