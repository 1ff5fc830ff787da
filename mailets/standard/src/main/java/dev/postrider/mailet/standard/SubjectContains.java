package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import java.util.Locale;
import java.util.Set;

/** Searches the decoded subject. */
@Doc("Matches when the decoded subject contains this text; case does not matter.")
@Decides(Fact.SENDERS_CHOICE)
public final class SubjectContains implements Matcher {

  private final String text;

  /**
   * Searches for a text.
   *
   * @throws IllegalArgumentException when it is blank
   */
  public SubjectContains(
      @Param(name = Param.CONDITION, doc = "The text to look for.") String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("SubjectContains needs a text to look for");
    }
    this.text = text.strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(
        mail.message()
            .headers()
            .all("Subject")
            .anyMatch(field -> field.decodedValue().toLowerCase(Locale.ROOT).contains(text)));
  }
}
