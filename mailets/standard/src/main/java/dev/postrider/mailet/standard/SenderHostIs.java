package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import java.util.Set;

/** Compares the domain of the reverse path with a list. */
@Doc("Matches when the domain of the envelope's sender is one of these; subdomains don't count.")
@Decides(Fact.SENDERS_CHOICE)
public final class SenderHostIs implements Matcher {

  private final Set<String> domains;

  /**
   * Compares with these domains.
   *
   * @throws IllegalArgumentException when there is none or one is no domain
   */
  public SenderHostIs(
      @Param(name = Param.CONDITION, doc = "The domains, separated by commas; at least one.")
          Set<String> domains) {
    this.domains = DomainSet.of(domains);
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(
        mail.sender().address().filter(sender -> domains.contains(sender.domain())).isPresent());
  }
}
