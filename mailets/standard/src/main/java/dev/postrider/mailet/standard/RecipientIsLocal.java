package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.service.DirectoryView;
import java.util.Set;

/** Matches what the directory accepts. */
@Doc(
    "Matches the recipients that can be delivered here:"
        + " account, alias, group, catch-all or subaddress of a local domain.")
@Decides(Fact.LOCAL_RECIPIENT)
public final class RecipientIsLocal implements Matcher {

  private final DirectoryView directory;

  /** Asks the directory. */
  public RecipientIsLocal(DirectoryView directory) {
    this.directory = directory;
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return Recipients.matching(mail, directory::accepts);
  }
}
