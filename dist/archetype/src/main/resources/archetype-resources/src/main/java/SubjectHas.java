package ${package};

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import java.util.Locale;
import java.util.Set;

/** Matches mails by a word of the subject. */
@Doc("Matches when the subject contains the text; case does not matter.")
@Decides(Fact.SENDERS_CHOICE)
public final class SubjectHas implements Matcher {

  private final String text;

  /** Takes the text after the equals sign of match="SubjectHas=text". */
  public SubjectHas(@Param(name = Param.CONDITION, doc = "The text.") String text) {
    this.text = text.toLowerCase(Locale.ROOT);
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    boolean found =
        mail.message()
            .headers()
            .all("Subject")
            .map(HeaderField::decodedValue)
            .anyMatch(subject -> subject.toLowerCase(Locale.ROOT).contains(text));
    return mail.allIf(found);
  }
}
