package dev.postrider.mailet.standard;

import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import java.util.Set;

/** Compares the size of the message, header and body, with a limit. */
@Doc(
    "Matches when the message has more octets than this. Before the message is there nothing matches.")
@Decides(Fact.SENDERS_CHOICE)
public final class SizeGreaterThan implements Matcher {

  private final ByteSize size;

  /** Compares with a size. */
  public SizeGreaterThan(
      @Param(name = Param.CONDITION, doc = "The size, such as 500k, 25m or 1g.") ByteSize size) {
    this.size = size;
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(mail.message().size() > size.octets());
  }
}
