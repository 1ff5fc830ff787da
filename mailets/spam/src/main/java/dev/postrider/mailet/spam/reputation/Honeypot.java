package dev.postrider.mailet.spam.reputation;

import dev.postrider.mailet.spam.classifier.Classifier;
import dev.postrider.mailet.spam.classifier.Features;
import dev.postrider.mailet.spam.classifier.Lesson;
import dev.postrider.mailet.spam.mime.Limits;
import dev.postrider.mailet.spam.reading.Reading;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Terminal;
import dev.postrider.plugin.service.PluginState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Learns from mail to an address that nobody has: whoever writes there took it from a place where
 * only robots look.
 */
@Doc(
    "Teaches the classifier that the mail is spam, lowers the reputation of who sent it, and drops"
        + " the mail. For addresses that nobody uses, such as match=\"RecipientIs=trap@example.org\".")
@Terminal
@Does({})
public final class Honeypot implements Mailet {

  private final Classifier classifier;
  private final Reputations reputations;

  /** Teaches through the plugin's state. */
  public Honeypot(PluginState state, InstantSource clock) {
    this.classifier = new Classifier(state, clock);
    this.reputations = new Reputations(state, clock);
  }

  @Override
  public Outcome process(Mail mail) {
    try {
      Features features = Features.of(Reading.of(mail.message(), Limits.defaults()));
      classifier.learn(List.of(new Lesson(features, true)), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException("mail " + mail.id() + " can't be read", e);
    }
    reputations.note(mail, false, 3);
    reputations.write();
    return new Outcome.Discard("honeypot");
  }
}
