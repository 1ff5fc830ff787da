package dev.postrider.mailet.spam.greylist;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.PluginState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** Notes whom a local user writes to, so that answers are not taken for mail of strangers. */
@Doc(
    "Remembers whom the sender writes to. Put it where users who logged in send mail: Greylist and"
        + " SpamScore then know who may answer.")
@Does({})
public final class RememberCorrespondents implements Mailet {

  private static final int MOST = 20;

  private static final String QUESTION = "spam correspondents noted";

  private final Correspondents correspondents;
  private final Elsewhere elsewhere;
  private final System.Logger log;

  /** Remembers in the plugin's state. */
  public RememberCorrespondents(
      PluginState state, InstantSource clock, Elsewhere elsewhere, System.Logger log) {
    this.correspondents = new Correspondents(state, clock);
    this.elsewhere = elsewhere;
    this.log = log;
  }

  @Override
  public Outcome process(Mail mail) {
    Optional<EmailAddress> sender = mail.sender().address();
    // A mail to more people is no sign that one knows them.
    if (sender.isPresent() && mail.recipients().size() <= MOST) {
      note(mail, sender.get());
    }
    return Outcome.next(mail);
  }

  // As something elsewhere, so that a recording holds no tables and a replay notes nothing.
  private void note(Mail mail, EmailAddress sender) {
    try {
      String _ =
          elsewhere.ask(
              QUESTION,
              () -> {
                mail.recipients().forEach(each -> correspondents.wrote(sender, each.address()));
                return "noted";
              },
              word -> word,
              word -> word);
    } catch (IOException | PluginState.Unavailable e) {
      log.log(
          System.Logger.Level.DEBUG,
          () -> "mail " + mail.id() + ": its recipients are not remembered: " + e.getMessage());
    }
  }
}
