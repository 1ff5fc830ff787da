package dev.postrider.kernel.intake;

import static dev.postrider.kernel.intake.Platform.address;
import static dev.postrider.kernel.intake.Platform.client;
import static dev.postrider.kernel.intake.Platform.envelope;
import static dev.postrider.kernel.intake.Platform.stranger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.AppPassword;
import dev.postrider.kernel.store.Change;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorSendersTest extends DoorFixture {

  @ParameterizedTest
  @CsvSource({
    "bob@example.test, bob@example.test, 250",
    "bob@example.test, BOB@example.test, 250",
    "bob@example.test, bob+tag@example.test, 250",
    "bob@example.test, sales@example.test, 250",
    "bob@example.test, team@example.test, 250",
    "bob@example.test, <>, 250",
    "bob@example.test, alice@example.test, 553",
    "bob@example.test, alice+bob@example.test, 553",
    "bob@example.test, support@example.test, 553",
    "bob@example.test, nobody@example.test, 553",
    "bob@example.test, postmaster@example.test, 553",
    "bob@example.test, bob@remote.example, 553",
    "bob@example.test, away@example.test, 553",
    "alice@example.test, support@example.test, 250",
    "alice@example.test, team@example.test, 250",
    "alice@example.test, sales@example.test, 553",
    "alice@example.test, bob@example.test, 553",
  })
  void aLoginSendsOnlyAsItself(String login, String sender, int code) {
    platform.alias("sales@example.test", "bob@example.test");
    platform.alias("support@example.test", "alice@example.test");
    platform.alias("team@example.test", "alice@example.test", "bob@example.test");
    platform.alias("away@example.test", "bob@remote.example");

    assertThat(code(mail(client("submission", login), sender))).isEqualTo(code);
    assertThat(code(mail(client("smtp", login), sender))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bob <bob@example.test>|true",
        "bob+x@example.test (Bob, of (course))|true",
        "\"Bob, the <alice@example.test>\" <bob@example.test>|true",
        "bob@example.test, Bob <BOB@example.test>|true",
        "Alice <alice@example.test>|false",
        "bob@example.test, alice@example.test|false",
        "bob@example.test <alice@example.test>|false",
        "<bob@example.test> alice@example.test|false",
        "bob@example.test <alice@example.test> (x)|false",
        "Us: bob@example.test, alice@example.test;|false",
        "Bob <bob@example.test|false",
        "\"Bob <bob@example.test>|false",
        "(Bob <bob@example.test>|false",
        "Bob|false"
      })
  void aLoginWritesOnlyItsOwnAddressesIntoFrom(String from, boolean taken) {
    Acceptance answer =
        platform.message(
            client("submission", "bob@example.test"),
            envelope("bob@example.test", "alice@example.test"),
            "From: " + from + "\r\n" + Platform.TEXT);

    if (taken) {
      assertThat(answer).isInstanceOf(Acceptance.Accepted.class);
    } else {
      assertThat(answer)
          .isEqualTo(
              new Acceptance.Refused(
                  Status.permanent("5.7.1", "your login may not send with this From field")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no field\\r\\nFrom: bob@example.test\\r\\n\\r\\n|false",
        "no field\\r\\nSubject: x\\r\\nfROM \\t: bob@example.test|false",
        "Subject: x\\r\\nno field\\r\\nTo: a\\r\\nFrom:bob@example.test\\r\\n|false",
        "From: alice@example.test\\r\\nno field\\r\\nFrom: bob@example.test\\r\\n|false",
        "Subject: x\\r\\n\\r\\nFrom: bob@example.test\\r\\n|true",
        "From: alice@example.test\\r\\n\\r\\nFrom: bob@example.test\\r\\n|true",
        "no field\\r\\n\\r\\nFrom: bob@example.test\\r\\n|true",
        "Hello\\r\\nFrom here to there\\r\\n|true",
        "Hello|true"
      })
  void aFromFieldThatOthersMayReadBehindABrokenHeaderIsRefused(String text, boolean taken) {
    Acceptance answer =
        platform.message(
            client("submission", "alice@example.test"),
            envelope("alice@example.test", "bob@example.test"),
            text.translateEscapes());
    assertThat(answer instanceof Acceptance.Accepted).isEqualTo(taken);
  }

  @Test
  void aFromFieldBehindMoreHeaderThanIsReadIsRefused() {
    String padding = ("X-Pad: " + "x".repeat(900) + "\r\n").repeat(300);
    assertThat(
            platform.message(
                client("submission", "alice@example.test"),
                envelope("alice@example.test", "bob@example.test"),
                padding + "From: bob@example.test\r\n" + Platform.TEXT))
        .isInstanceOf(Acceptance.Refused.class);
  }

  @Test
  void aSecondFromFieldDoesNotHideTheFirst() {
    assertThat(
            platform.message(
                client("submission", "bob@example.test"),
                envelope("bob@example.test", "alice@example.test"),
                "From: bob@example.test\r\nFrom: alice@example.test\r\n" + Platform.TEXT))
        .isInstanceOf(Acceptance.Refused.class);
  }

  @Test
  void submissionNeedsALogin() {
    assertThat(code(mail(client("submission", ""), "bob@example.test"))).isEqualTo(530);
    assertThat(code(mail(client("submissions", ""), "bob@example.test"))).isEqualTo(530);
    assertThat(mail(stranger(), "bob@example.test")).isEqualTo(Verdict.OK);
  }

  @Test
  void loginsAreChecked() {
    assertThat(platform.door.login(stranger(), "bob@example.test", "secret"))
        .isInstanceOfSatisfying(
            LoginResult.LoggedIn.class,
            in -> {
              assertThat(in.account()).isEqualTo(address("bob@example.test"));
              assertThat(in.appPassword()).isEmpty();
              assertThat(platform.door.stillHolds(in)).isEqualTo(Verdict.OK);
              platform.put(
                  new Change.PutAccount(new Account(address("bob@example.test"), "other", true)));
              assertThat(platform.door.stillHolds(in))
                  .isEqualTo(new Verdict.Refused(DoorStatus.LOG_IN_AGAIN, true));
            });
    assertThat(platform.door.login(stranger(), "bob@example.test", "wrong"))
        .isEqualTo(new LoginResult.Denied());
  }

  @Test
  void fatesNameTheAppPassword() {
    AppPassword phone =
        new AppPassword(
            "phone", "abcd", "hash", Set.of(AppPassword.Use.SMTP), platform.time.instant());
    EmailAddress alice = address("alice@example.test");
    platform.put(new Change.PutAccount(new Account(alice, "secret", true, List.of(phone))));
    Client session =
        new Client(
            stranger().address(),
            "c",
            "ESMTPSA",
            "submission",
            Optional.of(alice),
            true,
            Optional.of("phone"));
    assertThat(mail(session, "alice@example.test")).isEqualTo(Verdict.OK);
    String text = "From: alice@example.test\r\n" + Platform.TEXT;
    platform.message(session, envelope("alice@example.test", "bob@example.test"), text);
    assertThat(platform.fates())
        .containsExactly(
            "bob@example.test DELIVERED bob@example.test/INBOX, sent with the app password 'phone'");
  }
}
