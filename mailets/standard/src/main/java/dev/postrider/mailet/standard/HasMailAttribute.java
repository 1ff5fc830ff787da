package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import java.util.Optional;
import java.util.Set;

/** Looks for a note on the mail; {@code name} as in Apache James, {@code name=value} beyond it. */
@Doc("Matches when the attribute is set, and has this value where one is given.")
@Decides(Fact.ATTRIBUTE)
public final class HasMailAttribute implements Matcher {

  private final String name;
  private final Optional<String> value;

  /**
   * Looks for an attribute.
   *
   * @throws IllegalArgumentException when the name is blank
   */
  public HasMailAttribute(
      @Param(name = Param.CONDITION, doc = "name or name=value.") String condition) {
    int equals = condition.indexOf('=');
    this.name = (equals < 0 ? condition : condition.substring(0, equals)).strip();
    this.value =
        equals < 0 ? Optional.empty() : Optional.of(condition.substring(equals + 1).strip());
    if (name.isEmpty()) {
      throw new IllegalArgumentException("HasMailAttribute needs the name of an attribute");
    }
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(
        mail.attribute(name).filter(set -> value.isEmpty() || value.get().equals(set)).isPresent());
  }
}
