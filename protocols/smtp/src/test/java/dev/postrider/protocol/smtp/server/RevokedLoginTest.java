package dev.postrider.protocol.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.intake.Verdict;
import dev.postrider.plugin.Status;
import dev.postrider.protocol.line.Next;
import dev.postrider.protocol.testkit.SessionPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session of somebody whose password is taken away meanwhile. */
class RevokedLoginTest {

  private static final String GONE = "421 4.7.0 log in again";

  private final FakeReception reception = new FakeReception();
  private final SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer =
      Fixture.session(Fixture.settings(SmtpProfile.SUBMISSION, Fixture.SMALL), reception, true);

  @BeforeEach
  void logIn() {
    // alice@example.test, secret
    assertThat(Fixture.say(peer, "EHLO c\r\nAUTH PLAIN AGFsaWNlQGV4YW1wbGUudGVzdABzZWNyZXQ=\r\n"))
        .last()
        .asString()
        .startsWith("235 ");
  }

  @AfterEach
  void close() {
    peer.close();
  }

  @Test
  void noMailIsBegun() {
    revoke();
    assertThat(Fixture.say(peer, "MAIL FROM:<alice@example.test>\r\n")).containsExactly(GONE);
    assertThat(peer.next()).isInstanceOf(Next.Close.class);
  }

  @Test
  void noRecipientIsTaken() {
    Fixture.say(peer, "MAIL FROM:<alice@example.test>\r\n");
    revoke();
    assertThat(Fixture.say(peer, "RCPT TO:<bob@example.test>\r\n")).containsExactly(GONE);
    assertThat(peer.next()).isInstanceOf(Next.Close.class);
  }

  @Test
  void noContentIsTaken() {
    Fixture.say(peer, "MAIL FROM:<alice@example.test>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n");
    revoke();
    assertThat(Fixture.say(peer, "Subject: x\r\n\r\ny\r\n.\r\n")).containsExactly(GONE);
    assertThat(reception.taken).isEmpty();
    assertThat(reception.draftsOpen).hasValue(0);
  }

  @Test
  void noLastChunkIsTaken() {
    Fixture.say(peer, "MAIL FROM:<alice@example.test>\r\nRCPT TO:<bob@example.test>\r\n");
    Fixture.say(peer, "BDAT 4\r\na: b");
    revoke();
    assertThat(Fixture.say(peer, "BDAT 0 LAST\r\n")).containsExactly(GONE);
    assertThat(reception.taken).isEmpty();
    assertThat(reception.draftsOpen).hasValue(0);
  }

  private void revoke() {
    Status status = new Status(421, Status.temporary("4.7.0", "x").enhanced(), "log in again");
    reception.loginVerdict = new Verdict.Refused(status, true);
  }
}
