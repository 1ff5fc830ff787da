package dev.postrider.mailet.standard;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import java.util.Set;
import java.util.function.Predicate;

/** Questions about single recipients. */
final class Recipients {

  private Recipients() {}

  /** The recipients whose address has the property; never the stand-in of early stages. */
  static Set<Recipient> matching(Mail mail, Predicate<EmailAddress> property) {
    return mail.recipientsIf(
        recipient -> !recipient.equals(Recipient.ANYONE) && property.test(recipient.address()));
  }
}
