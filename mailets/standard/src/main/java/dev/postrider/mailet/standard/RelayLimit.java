package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import java.util.Set;

/** Counts Received fields (RFC 5321 §6.3). */
@Doc("Matches when the message has this many Received fields or more: it goes round in circles.")
@Decides(Fact.SENDERS_CHOICE)
public final class RelayLimit implements Matcher {

  private final int limit;

  /**
   * Compares with a number.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public RelayLimit(
      @Param(name = Param.CONDITION, doc = "The number of Received fields, 1 or more.") int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("the limit of RelayLimit is 1 or more, not " + limit);
    }
    this.limit = limit;
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(mail.message().headers().count("Received") >= limit);
  }
}
