package dev.postrider.mailet.standard;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import java.nio.charset.StandardCharsets;

/** Notes something on the mail; names one attribute, where Apache James takes any element. */
@Doc("Sets an attribute, a note for later matchers and mailets.")
@Does(Action.SET_ATTRIBUTE)
public final class SetMailAttribute implements Mailet {

  private final String name;
  private final String value;

  /**
   * Sets an attribute.
   *
   * @throws IllegalArgumentException when the name is blank or the value is over 8 KiB
   */
  public SetMailAttribute(
      @Param(name = "name", doc = "The attribute's name, such as example.checked.") String name,
      @Param(name = "value", doc = "The value, at most 8 KiB.", defaultValue = "true")
          String value) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an attribute needs a name");
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > 8 * 1024) {
      throw new IllegalArgumentException("the value of attribute " + name + " is over 8 KiB");
    }
    this.name = name.strip();
    this.value = value;
  }

  @Override
  public Outcome process(Mail mail) {
    return Outcome.next(mail.withAttribute(name, value));
  }
}
