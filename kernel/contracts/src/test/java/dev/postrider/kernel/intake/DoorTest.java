package dev.postrider.kernel.intake;

import static dev.postrider.kernel.intake.Platform.address;
import static dev.postrider.kernel.intake.Platform.client;
import static dev.postrider.kernel.intake.Platform.envelope;
import static dev.postrider.kernel.intake.Platform.stranger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.guard.SenderRates;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest extends DoorFixture {

  private Verdict rcpt(Client client, EmailAddress address) {
    Recipient recipient = Recipient.of(address);
    Verdict verdict =
        platform.door.recipient(client, envelope("someone@remote.example"), recipient);
    platform
        .door
        .recipientAtOnce(client, envelope("someone@remote.example"), recipient)
        .ifPresent(atOnce -> assertThat(atOnce).isEqualTo(verdict));
    return verdict;
  }

  @Test
  void anAnswerThatNeedsNoPluginIsKnownAtOnce() {
    Recipient bob = Recipient.of(address("bob@example.test"));

    assertThat(platform.door.connectAtOnce(stranger())).contains(Verdict.OK);
    assertThat(platform.door.senderAtOnce(stranger(), ReversePath.NULL, 0)).contains(Verdict.OK);
    assertThat(platform.door.recipientAtOnce(stranger(), envelope(""), bob)).contains(Verdict.OK);
  }

  @Test
  void aPluginIsNeverAskedAtOnce() {
    for (String processor : List.of("connect", "sender", "recipient")) {
      platform.processor(processor, mail -> Outcome.next(mail));
    }
    Recipient bob = Recipient.of(address("bob@example.test"));

    assertThat(platform.door.connectAtOnce(stranger())).isEmpty();
    assertThat(platform.door.senderAtOnce(stranger(), ReversePath.NULL, 0)).isEmpty();
    assertThat(platform.door.recipientAtOnce(stranger(), envelope(""), bob)).isEmpty();
  }

  @Test
  void whereThereIsNoRoomAPeerIsAskedToWaitBeforeItSendsItsContent() {
    platform.store.room(5000);
    assertThat(platform.door.sender(stranger(), ReversePath.NULL, 5000)).isEqualTo(Verdict.OK);
    Verdict tooMuch = platform.door.sender(stranger(), ReversePath.NULL, 5001);
    assertThat(tooMuch).isEqualTo(Verdict.refuse(DoorStatus.NO_SPACE));
    assertThat(code(mail(stranger(), "x@remote.example"))).isEqualTo(250);

    platform.store.room(0);
    assertThat(code(mail(stranger(), "x@remote.example"))).isEqualTo(452);
    assertThat(code(rcpt(stranger(), Samples.BOB))).isEqualTo(452);
  }

  /** Forms that have fooled servers into relaying; none of them is a mailbox here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "user@remote.example",
        "user@REMOTE.EXAMPLE",
        "user@remote.example.",
        "user%remote.example@example.test",
        "user%remote.example@EXAMPLE.TEST",
        "user%remote.example@example.test.",
        "user%remote.example@remote.example",
        "user%a%b@example.test",
        "remote.example!user@example.test",
        "remote.example!user@remote.example",
        "a!b!c@example.test",
        "bob%remote.example@example.test",
        "remote.example!bob@example.test",
        "\"user@remote.example\"@example.test",
        "\"bob@remote.example\"@example.test",
        "\"bob@example.test\"@remote.example",
        "\"@remote.example:user\"@example.test",
        "\"@a,@b:user@remote.example\"@example.test",
        "\"user remote.example\"@example.test",
        "\"\\\"user\\\"@remote.example\"@example.test",
        "\"bob\\@remote.example\"@example.test",
        "\" bob\"@example.test",
        "\"bob \"@example.test",
        "\"bob,user@remote.example\"@example.test",
        "\"bob>\"@example.test",
        "\"<bob\"@example.test",
        "\"|cat\"@example.test",
        "\"/etc/passwd\"@example.test",
        "user@[127.0.0.1]",
        "user@[203.0.113.1]",
        "user@[ipv6:::1]",
        "bob@[ipv6:2001:db8::1]",
        "bob@[127.0.0.1]",
        "bob@localhost",
        "bob@example.test.remote.example",
        "bob@remote.example.test",
        "bob@xexample.test",
        "bob@example.tes",
        "bob@münchen.example",
        "bob@xn--mnchen-3ya.example",
        "nobody@example.test",
        "anyone@invalid"
      })
  void nothingIsRelayedForStrangers(String text) {
    EmailAddress address = address(text);

    assertThat(code(rcpt(stranger(), address))).isEqualTo(550);
    assertThat(code(rcpt(client("lmtp", ""), address))).isEqualTo(550);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bob@example.test",
        "BOB@EXAMPLE.TEST",
        "bob@example.test.",
        "bob+tag@example.test",
        "\"bob\"@example.test",
        "postmaster@example.test"
      })
  void localMailboxesAreTakenFromAnybody(String text) {
    assertThat(rcpt(stranger(), address(text))).isEqualTo(Verdict.OK);
  }

  @Test
  void unknownUsersAreRefusedAtOnceWithTheirOwnStatus() {
    assertThat(rcpt(stranger(), address("nobody@example.test")))
        .isEqualTo(Verdict.refuse(Status.permanent("5.1.1", "no such user here")));
  }

  @Test
  void anAliasThatLeadsToItselfIsATemporaryRefusalThatTellsNothing() {
    platform.alias("loop@example.test", "loop@example.test");

    assertThat(rcpt(stranger(), address("loop@example.test")))
        .isEqualTo(Verdict.refuse(Status.temporary("4.2.4", "the address can't be expanded now")));
  }

  @Test
  void loginsAndRelayNetworksMayRelayButLmtpNever() {
    EmailAddress remote = address("user@remote.example");
    assertThat(rcpt(client("submission", "bob@example.test"), remote)).isEqualTo(Verdict.OK);
    assertThat(code(rcpt(client("lmtp", "bob@example.test"), remote))).isEqualTo(550);

    platform.close();
    IntakePolicy closed = IntakePolicy.defaults("mx.example.test");
    platform =
        new Platform(
            new IntakePolicy(
                closed.hostName(),
                closed.trustedNetworks(),
                List.of(Network.parse("203.0.113.0/24")),
                closed.maxMessageSize(),
                closed.maxReceived(),
                closed.doorDeadline(),
                true));
    assertThat(rcpt(stranger(), remote)).isEqualTo(Verdict.OK);
    assertThat(code(rcpt(client("lmtp", ""), remote))).isEqualTo(550);
    Client lmtp = client("lmtp", "");
    Client byAnotherName =
        new Client(lmtp.address(), lmtp.helo(), "LMTPS", "inner", lmtp.login(), true);
    assertThat(code(rcpt(byAnotherName, remote))).isEqualTo(550);
    assertThat(mail(client("submission", ""), "any@remote.example")).isEqualTo(Verdict.OK);
  }

  @Test
  void aDeclaredSizeBeyondTheLimitIsRefusedBeforeAnythingIsSent() {
    long limit = IntakePolicy.defaults("x.test").maxMessageSize();
    assertThat(platform.door.sender(stranger(), ReversePath.NULL, limit)).isEqualTo(Verdict.OK);
    assertThat(code(platform.door.sender(stranger(), ReversePath.NULL, limit + 1))).isEqualTo(552);
  }

  @Test
  void sessionProcessorsAreAskedAndAConnectionRefusedThereEnds() {
    Status no = Status.permanent("5.7.1", "not from there");
    platform.processor("connect", mail -> new Outcome.Refuse(no));
    platform.processor(
        "sender",
        mail ->
            mail.sender().isNull() && mail.recipients().equals(List.of(Recipient.ANYONE))
                ? new Outcome.Refuse(no)
                : Outcome.next(mail));
    platform.processor(
        "recipient",
        mail ->
            mail.recipients().getFirst().toString().startsWith("bob@")
                ? new Outcome.Defer("greylisted")
                : Outcome.next(mail));

    assertThat(platform.door.connect(stranger())).isEqualTo(new Verdict.Refused(no, true));
    assertThat(mail(stranger(), "<>")).isEqualTo(Verdict.refuse(no));
    assertThat(mail(stranger(), "a@remote.example")).isEqualTo(Verdict.OK);
    assertThat(code(rcpt(stranger(), address("bob@example.test")))).isEqualTo(451);
    assertThat(rcpt(stranger(), address("alice@example.test"))).isEqualTo(Verdict.OK);
  }

  @Test
  void aBrokenSessionPluginIsATemporaryRefusal() {
    platform.processor(
        "recipient",
        mail -> {
          throw new IllegalStateException("boom");
        });
    assertThat(code(rcpt(stranger(), address("bob@example.test")))).isEqualTo(451);
  }

  @Test
  void withoutSessionProcessorsEverythingIsAllowed() {
    assertThat(platform.door.connect(stranger())).isEqualTo(Verdict.OK);
    assertThat(Optional.of(mail(stranger(), "<>"))).contains(Verdict.OK);
  }

  private Verdict begins(Client client, String sender) {
    return platform.door.sender(client, ReversePath.parse(sender), 0);
  }

  @Test
  void oneSenderFromManyNetworksIsAskedToComeLaterAndNobodyElseIs() {
    for (int i = 1; i <= 3; i++) {
      assertThat(begins(from("203.0.113." + i, ""), "x@a.example")).isEqualTo(Verdict.OK);
    }
    assertThat(begins(from("203.0.113.4", ""), "X@a.example"))
        .isEqualTo(Verdict.refuse(DoorStatus.overRate(SenderRates.Kind.SENDER)));
    assertThat(begins(from("203.0.113.4", ""), "y@a.example")).isEqualTo(Verdict.OK);
    assertThat(begins(from("203.0.113.4", ""), "z@a.example")).isEqualTo(Verdict.OK);
    assertThat(begins(from("203.0.113.4", ""), "w@a.example"))
        .isEqualTo(Verdict.refuse(DoorStatus.overRate(SenderRates.Kind.SENDER_DOMAIN)));
    assertThat(begins(from("203.0.113.4", ""), "x@b.example")).isEqualTo(Verdict.OK);
    assertThat(begins(from("127.0.0.1", ""), "x@a.example")).isEqualTo(Verdict.OK);
    for (int i = 0; i < 20; i++) {
      assertThat(begins(from("203.0.113.4", ""), "")).isEqualTo(Verdict.OK);
      assertThat(begins(from("203.0.113.4", "alice@example.test"), "alice@example.test"))
          .isEqualTo(Verdict.OK);
    }
    platform.time.advance(Duration.ofSeconds(20));
    assertThat(begins(from("203.0.113.4", ""), "x@a.example")).isEqualTo(Verdict.OK);
  }

  @Test
  void aForgerDoesNotUseUpWhatTheHostsOfADomainMaySend() {
    Client mailHost = from("198.51.100.1", "");
    platform.first(
        mail ->
            mail.client().equals(mailHost)
                ? Outcome.next(mail.withAttribute(Mail.PROVEN_SENDER, "spf"))
                : Outcome.next(mail),
        "bob@example.test");
    Envelope envelope = envelope("x@a.example", "bob@example.test");
    assertThat(platform.message(mailHost, envelope, Platform.TEXT))
        .isInstanceOf(Acceptance.Accepted.class);
    Client forger = from("203.0.113.1", "");
    for (int i = 0; i < 3; i++) {
      assertThat(begins(forger, "x@a.example")).isEqualTo(Verdict.OK);
    }
    assertThat(code(begins(forger, "x@a.example"))).isEqualTo(450);
    for (int i = 0; i < 3; i++) {
      assertThat(begins(mailHost, "x@a.example")).isEqualTo(Verdict.OK);
    }
    assertThat(code(begins(mailHost, "x@a.example"))).isEqualTo(450);
  }

  @Test
  void onlySoManyMessagesOfASenderWaitForTheirAnswerAtOnce() {
    List<Acceptance> second = new ArrayList<>();
    Envelope envelope = envelope("x@a.example", "bob@example.test");
    platform.first(
        mail -> {
          if (second.isEmpty()) {
            second.add(platform.message(from("203.0.113.2", ""), envelope, Platform.TEXT));
          }
          return Outcome.next(mail);
        },
        "bob@example.test");
    assertThat(platform.message(from("203.0.113.1", ""), envelope, Platform.TEXT))
        .isInstanceOf(Acceptance.Accepted.class);
    assertThat(second)
        .containsExactly(
            new Acceptance.Refused(DoorStatus.overRate(SenderRates.Kind.SENDER_AT_ONCE)));
    assertThat(platform.message(from("203.0.113.2", ""), envelope, Platform.TEXT))
        .isInstanceOf(Acceptance.Accepted.class);
  }
}
