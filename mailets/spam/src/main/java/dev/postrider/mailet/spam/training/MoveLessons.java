package dev.postrider.mailet.spam.training;

import dev.postrider.mailet.spam.classifier.Classifier;
import dev.postrider.mailet.spam.classifier.Features;
import dev.postrider.mailet.spam.classifier.Lesson;
import dev.postrider.mailet.spam.memory.Key;
import dev.postrider.mailet.spam.memory.Memory;
import dev.postrider.mailet.spam.memory.Row;
import dev.postrider.mailet.spam.mime.Limits;
import dev.postrider.mailet.spam.reading.Reading;
import dev.postrider.plugin.MailboxListener;
import dev.postrider.plugin.MailboxMove;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.service.PluginState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Learns from what users do: a mail that goes to Junk is spam for this user, one that leaves Junk
 * for anything but the trash is not. Each mail counts once for a user, by the last word that was
 * said of it; words on {@value Memory#TABLES} times {@value Memory#ROWS} mails are remembered, the
 * oldest are forgotten first. A crash in the moment after a lesson may let the mail count twice.
 */
public final class MoveLessons implements MailboxListener {

  private static final Set<String> JUNK = Set.of("junk", "spam", "junk e-mail", "junk email");
  private static final Set<String> TRASH =
      Set.of("trash", "bin", "deleted items", "deleted messages");

  // The word that was said of a mail, as the row of a memory keeps it.
  private static final int SPAM = 1;
  private static final int HAM = 2;

  private final Classifier classifier;
  private final Memory words;

  /** Teaches through the plugin's state. */
  public MoveLessons(PluginState state, InstantSource clock) {
    this.classifier = new Classifier(state, clock);
    this.words = new Memory(state, clock, "words/");
  }

  @Override
  public void moved(MailboxMove move) {
    int word = word(move);
    if (word == 0) {
      return;
    }
    long key = Key.of(move.owner().toString(), digest(move.message()));
    Optional<Integer> before = words.get(key).map(Row::a);
    if (before.equals(Optional.of(word))) {
      return;
    }
    Lesson lesson = new Lesson(features(move.message()), word == SPAM, before.isPresent());
    classifier.learnFor(move.owner(), List.of(lesson));
    words.put(key, new Row(word, 0, words.minute()));
    words.write();
  }

  private static int word(MailboxMove move) {
    boolean from = is(move.from(), JUNK);
    boolean to = is(move.to(), JUNK);
    if (from == to) {
      return 0;
    }
    return to ? SPAM : is(move.to(), TRASH) ? 0 : HAM;
  }

  // Folders in it count as well.
  private static boolean is(String folder, Set<String> names) {
    int slash = folder.indexOf('/');
    String top = slash < 0 ? folder : folder.substring(0, slash);
    return names.contains(top.toLowerCase(Locale.ROOT));
  }

  private static Features features(Message message) {
    try {
      return Features.of(Reading.of(message, Limits.defaults()));
    } catch (IOException e) {
      throw new UncheckedIOException("a moved message can't be read", e);
    }
  }

  private static String digest(Message message) {
    try (InputStream in = message.open();
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (IOException e) {
      throw new UncheckedIOException("a moved message can't be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
