package dev.postrider.kernel.intake;

import static dev.postrider.kernel.intake.Platform.address;
import static dev.postrider.kernel.intake.Platform.client;
import static dev.postrider.kernel.intake.Platform.envelope;
import static dev.postrider.kernel.intake.Platform.stranger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Client;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DoorAbuseTest extends DoorFixture {

  @Test
  void aNetworkThatSendsTooFastIsAskedToComeLaterAndLoginsAndMailHostsAreNot() {
    Client fast = client("slow", "");
    for (int i = 0; i < 3; i++) {
      assertThat(platform.door.sender(fast, ReversePath.NULL, 0)).isEqualTo(Verdict.OK);
    }
    assertThat(platform.door.sender(fast, ReversePath.NULL, 0))
        .isEqualTo(Verdict.refuse(DoorStatus.TOO_MANY_MESSAGES));
    Recipient bob = Recipient.of(address("bob@example.test"));
    for (int i = 0; i < 5; i++) {
      assertThat(platform.door.recipient(fast, envelope(""), bob)).isEqualTo(Verdict.OK);
    }
    assertThat(platform.door.recipientAtOnce(fast, envelope(""), bob))
        .contains(Verdict.refuse(DoorStatus.TOO_MANY_RECIPIENTS));

    Client user = client("slow", "alice@example.test");
    assertThat(platform.door.recipient(user, envelope(""), bob)).isEqualTo(Verdict.OK);
    platform.time.advance(Duration.ofSeconds(20));
    assertThat(platform.door.sender(fast, ReversePath.NULL, 0)).isEqualTo(Verdict.OK);
  }

  @Test
  void aStrangerThatAsksForManyUnknownUsersIsBannedAndAUserThatDoesIsNot() {
    Recipient nobody = Recipient.of(address("nobody@example.test"));
    Client user = client("submission", "alice@example.test");
    for (int i = 0; i < 100; i++) {
      assertThat(code(platform.door.recipient(user, envelope(""), nobody))).isEqualTo(550);
    }
    for (int i = 0; i < 49; i++) {
      assertThat(code(platform.door.recipient(stranger(), envelope(""), nobody))).isEqualTo(550);
    }
    assertThat(platform.door.recipient(stranger(), envelope(""), nobody))
        .isEqualTo(new Verdict.Refused(DoorStatus.BANNED, true));
    assertThat(platform.bans.isBanned(stranger().address())).isTrue();
  }

  @Test
  void refusedMessagesAreOffencesAndTakenOnesMakeUpForSome() {
    platform.first(
        mail -> new Outcome.Refuse(Status.permanent("5.7.1", "spam")), "bob@example.test");
    for (int i = 0; i < 9; i++) {
      platform.message(stranger(), envelope("", "bob@example.test"), Platform.TEXT);
      platform.message(stranger(), envelope("", "alice@example.test"), Platform.TEXT);
    }
    platform.message(stranger(), envelope("", "bob@example.test"), Platform.TEXT);
    assertThat(platform.bans.isBanned(stranger().address())).isFalse();
    platform.message(stranger(), envelope("", "bob@example.test"), Platform.TEXT);
    platform.message(stranger(), envelope("", "bob@example.test"), Platform.TEXT);
    assertThat(platform.bans.isBanned(stranger().address())).isTrue();
  }

  @Test
  void whoIsBannedWithinASessionGuessesNoFurtherAndSendsNothing() {
    for (int i = 0; i < 15 && !platform.bans.isBanned(stranger().address()); i++) {
      platform.time.advance(Duration.ofMinutes(1));
      platform.door.login(stranger(), "user" + i + "@example.test", "guess" + i);
    }
    assertThat(platform.bans.isBanned(stranger().address())).isTrue();
    assertThat(platform.door.login(stranger(), "bob@example.test", "secret"))
        .isEqualTo(new LoginResult.NotNow());
    assertThat(mail(stranger(), "x@remote.example"))
        .isEqualTo(new Verdict.Refused(DoorStatus.BANNED, true));
  }
}
