package dev.postrider.mailet.spam.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.spam.classifier.Classifier;
import dev.postrider.mailet.spam.classifier.Features;
import dev.postrider.mailet.spam.classifier.Lesson;
import dev.postrider.mailet.spam.classifier.Opinion;
import dev.postrider.mailet.spam.mime.Limits;
import dev.postrider.mailet.spam.reading.Reading;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.MailboxMove;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MoveLessonsTest {

  private static final EmailAddress ALICE = EmailAddress.parse("alice@example.test");
  private static final EmailAddress BOB = EmailAddress.parse("bob@example.test");

  private final InMemoryState state = new InMemoryState();
  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private final MoveLessons lessons = new MoveLessons(state, clock);
  private final Classifier classifier = new Classifier(state, clock);

  @BeforeEach
  void everybodyWantsNewsletters() throws IOException {
    List<Lesson> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String minutes = "Subject: minutes\r\n\r\nagenda of day " + i + "\r\n";
      all.add(new Lesson(features(i % 5 == 0 ? newsletter(i) : minutes), false));
      all.add(new Lesson(features("Subject: casino\r\n\r\njackpot chips " + i + "\r\n"), true));
    }
    classifier.learn(all, Optional.empty());
  }

  @Test
  void whatOneUserThrowsIntoJunkIsSpamForThisUserOnly() throws IOException {
    assertThat(spamminess(ALICE)).isLessThan(0.1);
    for (int i = 100; i < 103; i++) {
      move(ALICE, newsletter(i), "INBOX", "Junk");
    }
    assertThat(spamminess(ALICE)).isGreaterThan(Classifier.SPAM);
    assertThat(spamminess(BOB)).isLessThan(0.1);
    assertThat(classifier.judge(features("Subject: lunch\r\n\r\nat noon?\r\n"), user(ALICE)))
        .hasValueSatisfying(it -> assertThat(it.probability()).isLessThan(Classifier.SPAM));
  }

  @Test
  void theLastWordOnAMailCountsOnce() throws IOException {
    double before = spamminess(ALICE);
    for (int i = 100; i < 110; i++) {
      move(ALICE, newsletter(i), "INBOX", "Junk");
      move(ALICE, newsletter(i), "INBOX", "Junk/2026");
      move(ALICE, newsletter(i), "Junk/2026", "Junk");
    }
    double taught = spamminess(ALICE);
    for (int i = 100; i < 110; i++) {
      move(ALICE, newsletter(i), "Junk", "Newsletters");
    }
    double corrected = spamminess(ALICE);

    assertThat(before).isLessThan(0.1);
    assertThat(taught).isGreaterThan(0.9);
    assertThat(corrected).isLessThanOrEqualTo(before);
    assertThat(classifier.learnt()).isEqualTo(new Classifier.Learnt(100, 100));
  }

  @Test
  void correctedLessonsLeaveNothingBehind() throws IOException {
    InMemoryState other = new InMemoryState();
    MoveLessons straight = new MoveLessons(other, clock);
    InMemoryState third = new InMemoryState();
    MoveLessons detour = new MoveLessons(third, clock);
    for (int i = 0; i < 100; i++) {
      String ham = "Subject: minutes\r\n\r\nagenda of day " + i + "\r\n";
      String spam = "Subject: casino\r\n\r\njackpot chips " + i + "\r\n";
      straight.moved(event(ALICE, ham, "Junk", "INBOX"));
      straight.moved(event(ALICE, spam, "INBOX", "Junk"));
      detour.moved(event(ALICE, ham, "INBOX", "Junk"));
      detour.moved(event(ALICE, spam, "Junk", "INBOX"));
      detour.moved(event(ALICE, ham, "Junk", "INBOX"));
      detour.moved(event(ALICE, spam, "INBOX", "Junk"));
    }
    for (String text : List.of("Subject: casino\r\n\r\nagenda chips\r\n", newsletter(3))) {
      Features mail = features(text);
      assertThat(new Classifier(third, clock).judge(mail, user(ALICE)))
          .isPresent()
          .isEqualTo(new Classifier(other, clock).judge(mail, user(ALICE)));
    }
  }

  @Test
  void otherMovesTeachNothing() throws IOException {
    double before = spamminess(ALICE);
    for (int i = 100; i < 110; i++) {
      move(ALICE, newsletter(i), "INBOX", "Work/Junk");
      move(ALICE, newsletter(i), "Junk", "Trash");
      move(ALICE, newsletter(i), "junk", "Deleted Items/Old");
      move(ALICE, newsletter(i), "Trash", "INBOX");
    }
    assertThat(spamminess(ALICE)).isEqualTo(before);
    assertThat(state.keys("bayes/user", "", 10)).isEmpty();
  }

  private double spamminess(EmailAddress user) throws IOException {
    return classifier
        .judge(features(newsletter(999)), user(user))
        .map(Opinion::probability)
        .orElseThrow();
  }

  private static Optional<EmailAddress> user(EmailAddress address) {
    return Optional.of(address);
  }

  private void move(EmailAddress owner, String mail, String from, String to) {
    lessons.moved(event(owner, mail, from, to));
  }

  private MailboxMove event(EmailAddress owner, String mail, String from, String to) {
    return new MailboxMove(
        "1", owner, from, to, false, Message.of(mail.getBytes(UTF_8)), clock.instant());
  }

  private static String newsletter(int number) {
    return "Subject: gardening newsletter\r\n\r\nroses and tulips, issue " + number + "\r\n";
  }

  private static Features features(String mail) throws IOException {
    return Features.of(Reading.of(Message.of(mail.getBytes(UTF_8)), Limits.defaults()));
  }
}
