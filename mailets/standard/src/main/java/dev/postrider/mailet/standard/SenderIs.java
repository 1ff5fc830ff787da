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
import java.util.stream.Collectors;

/** Compares the reverse path with a list. */
@Doc("Matches when the envelope's sender is one of these addresses; case does not matter.")
@Decides(Fact.SENDERS_CHOICE)
public final class SenderIs implements Matcher {

  private final Set<EmailAddress> addresses;

  /**
   * Compares with these addresses.
   *
   * @throws IllegalArgumentException when there is none
   */
  public SenderIs(
      @Param(name = Param.CONDITION, doc = "The addresses, separated by commas; at least one.")
          Set<EmailAddress> addresses) {
    this.addresses =
        Given.some(Param.CONDITION, addresses).stream()
            .map(EmailAddress::folded)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(
        mail.sender().address().filter(sender -> addresses.contains(sender.folded())).isPresent());
  }
}
