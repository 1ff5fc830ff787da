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

/** Compares the reverse path with a list. */
@Doc("Matches when the envelope's sender is one of these addresses; case does not matter.")
@Decides(Fact.SENDERS_CHOICE)
public final class SenderIs implements Matcher {

  private final AddressSet addresses;

  /**
   * Compares with these addresses.
   *
   * @throws IllegalArgumentException when there is none
   */
  public SenderIs(
      @Param(name = Param.CONDITION, doc = "The addresses, separated by commas; at least one.")
          Set<EmailAddress> addresses) {
    this.addresses = AddressSet.of(addresses);
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(mail.sender().address().filter(addresses::contains).isPresent());
  }
}
