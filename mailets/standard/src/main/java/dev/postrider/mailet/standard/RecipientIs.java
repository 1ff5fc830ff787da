package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import java.util.Set;

/** Compares recipients with a list. */
@Doc("Matches the recipients with one of these addresses; case does not matter.")
@Decides(Fact.NAMED_RECIPIENT)
public final class RecipientIs implements Matcher {

  private final AddressSet addresses;

  /**
   * Compares with these addresses.
   *
   * @throws IllegalArgumentException when there is none
   */
  public RecipientIs(
      @Param(name = Param.CONDITION, doc = "The addresses, separated by commas; at least one.")
          Set<EmailAddress> addresses) {
    this.addresses = AddressSet.of(addresses);
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return Recipients.matching(mail, addresses::contains);
  }
}
