package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import java.util.Set;

/** Compares the domains of recipients with a list. */
@Doc("Matches the recipients in one of these domains; subdomains don't count.")
@Decides(Fact.NAMED_RECIPIENT)
public final class HostIs implements Matcher {

  private final Set<String> domains;

  /**
   * Compares with these domains.
   *
   * @throws IllegalArgumentException when there is none or one is no domain
   */
  public HostIs(
      @Param(name = Param.CONDITION, doc = "The domains, separated by commas; at least one.")
          Set<String> domains) {
    this.domains = DomainSet.of(domains);
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return Recipients.matching(mail, address -> domains.contains(address.domain()));
  }
}
