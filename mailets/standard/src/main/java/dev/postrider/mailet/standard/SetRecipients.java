package dev.postrider.mailet.standard;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import java.util.List;
import java.util.Set;

/** Sends the mail to others instead; wishes about reports are not carried over. */
@Doc("Goes on with other recipients instead of those that matched.")
@Does(Action.CHANGE_RECIPIENTS)
public final class SetRecipients implements Mailet {

  private final List<Recipient> recipients;

  /**
   * Sets the recipients.
   *
   * @throws IllegalArgumentException when there is none
   */
  public SetRecipients(
      @Param(name = "recipients", doc = "The addresses, separated by commas; at least one.")
          Set<EmailAddress> recipients) {
    this.recipients = Given.some("recipients", recipients).stream().map(Recipient::of).toList();
  }

  @Override
  public Outcome process(Mail mail) {
    return Outcome.next(mail.withRecipients(recipients));
  }
}
