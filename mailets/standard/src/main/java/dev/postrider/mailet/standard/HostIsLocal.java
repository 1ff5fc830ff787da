package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.service.DirectoryView;
import java.util.Set;

/** Matches recipients in local domains. */
@Doc("Matches the recipients in local domains, whether or not the address exists.")
@Decides(Fact.LOCAL_DOMAIN)
public final class HostIsLocal implements Matcher {

  private final DirectoryView directory;

  /** Asks the directory. */
  public HostIsLocal(DirectoryView directory) {
    this.directory = directory;
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return Recipients.matching(mail, address -> directory.isLocalDomain(address.domain()));
  }
}
