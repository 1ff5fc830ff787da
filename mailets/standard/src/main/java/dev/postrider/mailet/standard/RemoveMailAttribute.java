package dev.postrider.mailet.standard;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import java.util.HashMap;
import java.util.Map;

/** Takes a note off the mail, as in Apache James. */
@Doc("Removes an attribute.")
@Does(Action.SET_ATTRIBUTE)
public final class RemoveMailAttribute implements Mailet {

  private final String name;

  /** Removes an attribute. */
  public RemoveMailAttribute(@Param(name = "name", doc = "The attribute's name.") String name) {
    this.name = name.strip();
  }

  @Override
  public Outcome process(Mail mail) {
    Map<String, String> attributes = new HashMap<>(mail.attributes());
    attributes.remove(name);
    return Outcome.next(
        new Mail(
            mail.id(),
            mail.stage(),
            mail.client(),
            mail.envelope(),
            mail.message(),
            attributes,
            mail.receivedAt()));
  }
}
