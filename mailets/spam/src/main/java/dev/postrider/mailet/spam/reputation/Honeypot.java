package dev.postrider.mailet.spam.reputation;

import dev.postrider.mailet.spam.classifier.Classifier;
import dev.postrider.mailet.spam.classifier.Features;
import dev.postrider.mailet.spam.classifier.Lesson;
import dev.postrider.mailet.spam.memory.Key;
import dev.postrider.mailet.spam.memory.Memory;
import dev.postrider.mailet.spam.memory.Row;
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
 * only robots look. Who finds out which address it is may write there what is wanted, or sign it up
 * for newsletters; so a network, and all of them, say a bounded number of things a day, and nobody
 * who is known for wanted mail does.
 */
@Doc(
    "Teaches the classifier that the mail is spam, lowers the reputation of who sent it, and drops"
        + " the mail. For addresses that nobody uses, such as match=\"RecipientIs=trap@example.org\"."
        + " Of a network 5 mails a day count, of all 100; mail of who is known for wanted mail"
        + " only lowers the reputation.")
@Terminal
@Does({})
public final class Honeypot implements Mailet {

  /** Mails of one network (/24, /64) a day that count. */
  static final int OF_NETWORK = 5;

  /** Mails of all together a day that the classifier learns. */
  static final int OF_ALL = 100;

  private static final int DAY = 24 * 60;
  private static final double KNOWN_AS_GOOD = -0.5;

  private final Classifier classifier;
  private final Reputations reputations;
  // How many mails counted today, by network and in all.
  private final Memory counted;

  /** Teaches through the plugin's state. */
  public Honeypot(PluginState state, InstantSource clock) {
    this.classifier = new Classifier(state, clock);
    this.reputations = new Reputations(state, clock);
    this.counted = new Memory(state, clock, "trap/");
  }

  @Override
  public Outcome process(Mail mail) {
    if (counts(Key.network(mail.client().address()).toString(), OF_NETWORK)) {
      if (reputations.of(mail) > KNOWN_AS_GOOD && counts("", OF_ALL)) {
        learn(mail);
      }
      reputations.note(mail, false, 3);
      reputations.write();
    }
    return new Outcome.Discard("honeypot");
  }

  private void learn(Mail mail) {
    try {
      Features features = Features.of(Reading.of(mail.message(), Limits.defaults()));
      classifier.learn(List.of(new Lesson(features, true)), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException("mail " + mail.id() + " can't be read", e);
    }
  }

  // Counts one more, where there are fewer than so many today.
  private synchronized boolean counts(String whose, int most) {
    int now = counted.minute();
    long key = Key.of("trap", whose, Integer.toString(now / DAY));
    int before = counted.get(key).map(Row::a).orElse(0);
    if (before >= most) {
      return false;
    }
    counted.put(key, new Row(before + 1, 0, now));
    return true;
  }
}
