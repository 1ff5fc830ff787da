package dev.postrider.mailet.spam.greylist;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.service.PluginState;
import java.time.InstantSource;

/** Notes whom a local user writes to, so that answers are not taken for mail of strangers. */
@Doc(
    "Remembers whom the sender writes to. Put it where users who logged in send mail: Greylist and"
        + " SpamScore then know who may answer.")
@Does({})
public final class RememberCorrespondents implements Mailet {

  private static final int MOST = 20;

  private final Correspondents correspondents;

  /** Remembers in the plugin's state. */
  public RememberCorrespondents(PluginState state, InstantSource clock) {
    this.correspondents = new Correspondents(state, clock);
  }

  @Override
  public Outcome process(Mail mail) {
    mail.sender()
        .address()
        .ifPresent(
            sender -> {
              // A mail to more people is no sign that one knows them.
              if (mail.recipients().size() <= MOST) {
                for (Recipient recipient : mail.recipients()) {
                  correspondents.wrote(sender, recipient.address());
                }
              }
            });
    return Outcome.next(mail);
  }
}
