package dev.postrider.plugin.example;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import java.util.Set;

/** Compares the name that the peer gave in HELO, EHLO or LHLO. */
@Doc("Matches when the peer called itself so; case does not matter.")
@Decides(Fact.SENDERS_CHOICE)
public final class HeloIs implements Matcher {

  private final String name;

  /** Takes the text after the equals sign of {@code match="HeloIs=…"}. */
  public HeloIs(@Param(name = Param.CONDITION, doc = "The name.") String name) {
    this.name = name;
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(mail.client().helo().equalsIgnoreCase(name));
  }
}
