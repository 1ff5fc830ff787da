package dev.postrider.kernel.intake;

import static dev.postrider.kernel.intake.Platform.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.guard.SenderLimit;
import dev.postrider.kernel.guard.Senders;
import dev.postrider.kernel.port.TimeOrderedIds;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.ReversePath;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits of logins, and logins that deviate. The platform allows 50, 200 and 40 a day. */
class SendersTest {
  private static final String ALICE = "alice@example.test";
  private static final String HOME = "203.0.113.9";
  private static final String ELSEWHERE = "198.51.100.7";

  private final Platform platform = new Platform();

  @AfterEach
  void close() {
    platform.close();
  }

  private static Client alice(String from) {
    return new Client(
        InetAddress.ofLiteral(from),
        "client.example.org",
        "ESMTPSA",
        "submission",
        Optional.of(EmailAddress.parse(ALICE)),
        true);
  }

  /** Sends as far as the door lets; the code of the last reply. */
  private int send(String from, String... recipients) {
    Client client = alice(from);
    Verdict verdict = platform.door.sender(client, ReversePath.parse(ALICE), 0);
    for (int i = 0; i < recipients.length && verdict instanceof Verdict.Allowed; i++) {
      String[] soFar = Arrays.copyOf(recipients, i);
      verdict =
          platform.door.recipient(
              client, envelope(ALICE, soFar), Platform.recipient(recipients[i]));
    }
    if (verdict instanceof Verdict.Refused refused) {
      return refused.status().code();
    }
    String text = "From: " + ALICE + "\r\n" + Platform.TEXT;
    return switch (platform.message(client, envelope(ALICE, recipients), text)) {
      case Acceptance.Accepted _ -> 250;
      case Acceptance.Refused(var status) -> status.code();
      case Acceptance.Unclear _ -> 0;
    };
  }

  private static String[] strangers(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> "x" + i + "@remote.example")
        .toArray(String[]::new);
  }

  private List<String> notices() {
    return platform.spool().stream()
        .filter(entry -> entry.client().listener().equals("local"))
        .map(entry -> platform.text(entry.message()))
        .toList();
  }

  private List<SpoolEntry> held() {
    return platform.spool().stream().filter(entry -> entry.held().isPresent()).toList();
  }

  @Test
  void messagesOfADayAreLimitedAndTheAdminIsToldOnce() {
    for (int i = 0; i < 50; i++) {
      assertThat(send(HOME, "bob@example.test")).isEqualTo(250);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(send(HOME, "bob@example.test")).isEqualTo(450);
    }
    Platform.until(() -> !notices().isEmpty());
    assertThat(notices())
        .singleElement()
        .asString()
        .contains("Subject: alice@example.test has reached its limit of messages")
        .contains("To: <postmaster@example.test>");
    platform.time.advance(Duration.ofMinutes(29));
    assertThat(send(HOME, "bob@example.test")).as("a fiftieth of a day").isEqualTo(250);
    assertThat(send(HOME, "bob@example.test")).isEqualTo(450);
  }

  @Test
  void newRecipientsOfADayAreLimitedAndThoseKnownAreNot() {
    assertThat(send(HOME, strangers(0, 40))).isEqualTo(250);
    assertThat(send(HOME, strangers(40, 1))).isEqualTo(450);
    assertThat(send(HOME, strangers(0, 40))).isEqualTo(250);
    assertThat(send(HOME, "bob@example.test")).isEqualTo(250);
    platform.time.advance(Duration.ofDays(1));
    assertThat(send(HOME, strangers(40, 40))).isEqualTo(250);
  }

  @Test
  void recipientsOfADayAreLimitedWhoeverTheyAre() {
    for (int i = 0; i < 5; i++) {
      assertThat(send(HOME, strangers(0, 40))).isEqualTo(250);
    }
    assertThat(send(HOME, "bob@example.test")).isEqualTo(450);
  }

  @Test
  void aRestartForgivesNothing() {
    for (int i = 0; i < 50; i++) {
      send(HOME, "x" + (i % 40) + "@remote.example");
    }
    Senders restarted = platform.senders(new TimeOrderedIds(platform.time, new Random(2)));
    assertThat(restarted.isLoaded(alice(HOME))).isFalse();
    assertThat(restarted.mayBegin(alice(HOME))).contains(SenderLimit.MESSAGES);
    assertThat(restarted.isLoaded(alice(HOME))).isTrue();
    assertThat(restarted.mayName(alice(HOME), List.of(Platform.recipient("y@remote.example"))))
        .contains(SenderLimit.NEW_RECIPIENTS);
    assertThat(restarted.mayName(alice(HOME), List.of(Platform.recipient("x1@remote.example"))))
        .isEmpty();
  }

  private void history() {
    for (int day = 0; day < 12; day++) {
      assertThat(send(HOME, "bob@example.test", "friend@remote.example")).isEqualTo(250);
      platform.time.advance(Duration.ofDays(1));
    }
  }

  @Test
  void manyNewRecipientsFromANewNetworkAreHeldUntilTheAdminReleasesThem() {
    history();
    assertThat(send(ELSEWHERE, strangers(0, 9))).as("below the burst").isEqualTo(250);
    assertThat(held()).isEmpty();
    platform.time.advance(Duration.ofHours(1));
    assertThat(send("192.0.2.77", strangers(20, 12))).isEqualTo(250);
    assertThat(held()).hasSize(1);
    assertThat(platform.fates().stream().filter(f -> f.contains(" HELD "))).hasSize(12);
    assertThat(send(HOME, "bob@example.test")).as("suspect for a while").isEqualTo(250);
    assertThat(held()).hasSize(2);
    Platform.until(() -> !notices().isEmpty());
    assertThat(notices()).singleElement().asString().contains("Mail of alice@example.test is held");

    platform.worker.start();
    platform.desk.release(held().getFirst().id(), Optional.empty());
    Platform.until(
        () -> platform.fates().stream().anyMatch(f -> f.startsWith("x20@remote.example QUEUED ")));
    Platform.until(
        () -> {
          send("192.0.2.78", "bob@example.test");
          return held().size() < 3 && platform.mailbox("bob@example.test").size() > 12;
        });
  }

  @Test
  void manyNewRecipientsFromWhereTheLoginUsuallyIsAreNotHeld() {
    history();
    assertThat(send(HOME, strangers(0, 30))).isEqualTo(250);
    assertThat(held()).isEmpty();
  }

  @Test
  void aNewLoginHasNoHistoryToDeviateFrom() {
    assertThat(send(HOME, strangers(0, 15))).isEqualTo(250);
    assertThat(send(ELSEWHERE, strangers(15, 15))).isEqualTo(250);
    assertThat(held()).isEmpty();
  }

  @Test
  void aLoginWhoseRecipientsDontExistIsHeld() {
    for (int i = 0; i < 20; i++) {
      assertThat(send(HOME, "nobody" + i + "@example.test")).isEqualTo(550);
    }
    assertThat(held()).isEmpty();
    assertThat(send(HOME, "bob@example.test")).isEqualTo(250);
    assertThat(held()).hasSize(1);
  }
}
