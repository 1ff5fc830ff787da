package dev.postrider.protocol.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.guard.Offence;
import dev.postrider.kernel.guard.Reaction;
import dev.postrider.kernel.intake.Verdict;
import dev.postrider.plugin.Status;
import dev.postrider.protocol.line.Input;
import dev.postrider.protocol.line.Next;
import dev.postrider.protocol.line.Peer;
import dev.postrider.protocol.testkit.SessionPeer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strangers that don't wait for their turn. */
class TurnsTest {
  private static final InetSocketAddress STRANGER = new InetSocketAddress("192.0.2.1", 4711);

  private final FakeReception reception = new FakeReception();

  private SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> stranger(Reaction reaction) {
    return peer(reaction, SmtpProfile.SERVER, false);
  }

  private SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer(
      Reaction reaction, SmtpProfile profile, boolean trusted) {
    SmtpSettings settings =
        new SmtpSettings(
            "mx.example.test",
            "example.test",
            "smtp",
            profile,
            true,
            Fixture.SMALL,
            new Manners(Duration.ofSeconds(1), reaction, reaction));
    return new SessionPeer<>(
        new SmtpSession(settings),
        new ReceptionConversation(reception),
        new Peer(STRANGER, STRANGER, trusted, Optional.empty()));
  }

  @Test
  void theGreetingWaitsForStrangersOnly() {
    SmtpSession session = new SmtpSession(Fixture.settings(SmtpProfile.SERVER, Fixture.SMALL));
    for (boolean trusted : List.of(true, false)) {
      var asking = session.open(new Peer(STRANGER, STRANGER, trusted, Optional.empty()));
      var next = session.on(asking.state(), new Input.Answer<>(new SmtpAnswer.Judged(Verdict.OK)));
      assertThat(next.next()).isInstanceOf(trusted ? Next.ReadLine.class : Next.Listen.class);
      assertThat(next.reply()).isEqualTo(trusted ? "220 mx.example.test ESMTP ready\r\n" : "");
    }
  }

  @Test
  void whoSpeaksBeforeTheGreetingIsRefusedOrCountedOrNot() {
    assertThat(early(Reaction.REFUSE)).startsWith("554 ");
    assertThat(reception.offences).containsExactly(Offence.EARLY_TALK);
    assertThat(early(Reaction.COUNT)).startsWith("220 ");
    assertThat(reception.offences).hasSize(2);
    assertThat(early(Reaction.IGNORE)).startsWith("220 ");
    assertThat(reception.offences).hasSize(2);
  }

  private String early(Reaction reaction) {
    SmtpSession session =
        new SmtpSession(
            new SmtpSettings(
                "mx.example.test",
                "example.test",
                "smtp",
                SmtpProfile.SERVER,
                true,
                Fixture.SMALL,
                new Manners(Duration.ofSeconds(1), reaction, reaction)));
    var step = session.open(new Peer(STRANGER, STRANGER, false, Optional.empty()));
    StringBuilder said = new StringBuilder();
    while (!(step.next() instanceof Next.ReadLine) && !(step.next() instanceof Next.Close)) {
      step =
          step.next() instanceof Next.Ask<SmtpQuestion>(SmtpQuestion question)
              ? session.on(step.state(), new Input.Answer<>(answer(question)))
              : session.on(step.state(), new Input.Heard<>(true));
      said.append(step.reply());
    }
    return said.toString();
  }

  private SmtpAnswer answer(SmtpQuestion question) {
    if (question instanceof SmtpQuestion.Offended offended) {
      reception.offence(offended.client(), offended.offence());
    }
    return new SmtpAnswer.Judged(Verdict.OK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO c\r\nMAIL FROM:<a@s.example>\r\n",
        "HELO c\r\nMAIL FROM:<a@s.example>\r\n",
        "MAIL FROM:<a@s.example>\r\nRCPT TO:<alice@example.test>\r\n",
        "STARTTLS\r\nEHLO c\r\n",
      })
  void whoSendsAheadWhereItHasToWaitIsRefusedUnread(String ahead) {
    try (var peer = stranger(Reaction.REFUSE)) {
      peer.readLines();
      assertThat(Fixture.say(peer, ahead)).singleElement().asString().startsWith("503 5.5.1");
      assertThat(peer.next()).isInstanceOf(Next.Close.class);
    }
    assertThat(reception.offences).containsExactly(Offence.BAD_PIPELINING);
  }

  @Test
  void contentThatIsSentAheadOfTheGoAheadIsNotTaken() {
    try (var peer = stranger(Reaction.REFUSE)) {
      Fixture.say(peer, "EHLO c\r\n");
      List<String> replies =
          Fixture.say(
              peer,
              "MAIL FROM:<a@s.example>\r\nRCPT TO:<alice@example.test>\r\nDATA\r\nhi\r\n.\r\n");
      assertThat(replies).hasSize(3).last().asString().startsWith("503 5.5.1");
      assertThat(reception.taken).isEmpty();
    }
  }

  @Test
  void pipeliningAsItWasOfferedIsNoOffence() {
    try (var peer = stranger(Reaction.REFUSE)) {
      Fixture.say(peer, "EHLO c\r\n");
      Fixture.say(peer, "MAIL FROM:<a@s.example>\r\nRCPT TO:<alice@example.test>\r\nDATA\r\n");
      assertThat(Fixture.say(peer, "hi\r\n.\r\nRSET\r\nMAIL FROM:<a@s.example>\r\nQUIT\r\n"))
          .hasSize(4)
          .last()
          .asString()
          .startsWith("221");
    }
    assertThat(reception.offences).isEmpty();
    assertThat(reception.taken).hasSize(1);
  }

  @Test
  void whereItIsOnlyCountedASessionIsOneOffenceAndGoesOn() {
    try (var peer = stranger(Reaction.COUNT)) {
      peer.readLines();
      assertThat(Fixture.say(peer, "HELO c\r\nNOOP\r\nNOOP\r\nRSET\r\nNOOP\r\n"))
          .hasSize(5)
          .allMatch(line -> line.startsWith("250"));
    }
    assertThat(reception.offences).containsExactly(Offence.BAD_PIPELINING);
  }

  @Test
  void trustedNetworksAndMailServersInFrontAreNotWatched() {
    try (var trusted = peer(Reaction.REFUSE, SmtpProfile.SERVER, true);
        var lmtp = peer(Reaction.REFUSE, SmtpProfile.LMTP, false)) {
      trusted.readLines();
      lmtp.readLines();
      assertThat(Fixture.say(trusted, "EHLO c\r\nNOOP\r\n").getLast()).startsWith("250");
      assertThat(Fixture.say(lmtp, "LHLO c\r\nNOOP\r\n").getLast()).startsWith("250");
    }
    assertThat(reception.offences).isEmpty();
  }

  @Test
  void garbageIsAnOffenceAndABannedNetworkIsCutOff() {
    try (var peer = stranger(Reaction.REFUSE)) {
      Fixture.say(peer, "EHLO c\r\n");
      Fixture.say(peer, "XYZ\r\n");
      Fixture.say(peer, "NOOP\n");
      Fixture.say(peer, "NOOP \0\r\n");
      assertThat(reception.offences).hasSize(3).containsOnly(Offence.GARBAGE);
      reception.afterOffence =
          new Verdict.Refused(
              new Status(421, Status.temporary("4.7.1", "x").enhanced(), "Enough"), true);
      assertThat(Fixture.say(peer, "XYZ\r\n")).hasSize(2).last().isEqualTo("421 4.7.1 Enough");
      assertThat(peer.next()).isInstanceOf(Next.Close.class);
    }
  }
}
