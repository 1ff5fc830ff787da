package dev.postrider.protocol.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.outbound.Transport;
import dev.postrider.kernel.outbound.Transport.Reply;
import dev.postrider.kernel.outbound.Transport.Transfer;
import dev.postrider.plugin.Recipient;
import dev.postrider.protocol.testkit.ScriptedPeer;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionTest extends SmtpClientFixture {

  @Test
  void aMailWithoutExtensionsGoesStepByStep() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(
                HELLO
                    + """
                    S: 502 what
                    C: HELO client.test
                    S: 250 peer.test
                    C: MAIL FROM:<alice@client.test>
                    S: 250 ok
                    C: RCPT TO:<bob@peer.test>
                    S: 250 ok
                    C: RCPT TO:<carol@peer.test>
                    S: 550 5.1.1 no
                    C: DATA
                    S: 354 go
                    C: Subject: x
                    C:
                    C: body
                    C: .
                    S: 250-2.0.0 one
                    S: 250 2.0.0 two
                    C: QUIT
                    S: 221 bye
                    """))) {
      Transfer transfer = send(peer.address(), envelope(BOB, CAROL));

      assertThat(transfer.broken()).isEmpty();
      assertThat(transfer.dsnOffered()).isFalse();
      assertThat(reply(transfer, BOB))
          .isEqualTo(new Reply("peer.test", 250, "2.0.0", "one two", "end of DATA"));
      assertThat(reply(transfer, CAROL))
          .isEqualTo(new Reply("peer.test", 550, "5.1.1", "no", "RCPT TO"));
      assertThat(peer.problems()).isEmpty();
    }
  }

  @Test
  void pipelinedCommandsGoInOnePiece() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(
                HELLO
                    + """
                    S: 250-peer.test
                    S: 250 PIPELINING
                    C: MAIL FROM:<alice@client.test>
                    C: RCPT TO:<bob@peer.test>
                    C: RCPT TO:<carol@peer.test>
                    C: DATA
                    S: 250 ok
                    S: 450 4.2.1 later
                    S: 250 ok
                    S: 354 go
                    C: Subject: x
                    C:
                    C: body
                    C: .
                    S: 250 taken
                    """))) {
      Transfer transfer = send(peer.address(), envelope(BOB, CAROL));

      assertThat(reply(transfer, BOB).code()).isEqualTo(450);
      assertThat(reply(transfer, CAROL).code()).isEqualTo(250);
      assertThat(peer.problems()).isEmpty();
    }
  }

  @Test
  void aPeerThatWantsDataForNobodyGetsNone() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(
                HELLO
                    + """
                    S: 250-peer.test
                    S: 250 PIPELINING
                    C: MAIL FROM:<alice@client.test>
                    C: RCPT TO:<bob@peer.test>
                    C: DATA
                    S: 250 ok
                    S: 550 no
                    S: 354 go
                    C: .
                    S: 554 nobody
                    C: MAIL FROM:<alice@client.test>
                    C: RCPT TO:<carol@peer.test>
                    C: DATA
                    S: 250 ok
                    S: 250 ok
                    S: 354 go
                    C: Subject: x
                    C:
                    C: body
                    C: .
                    S: 250 taken
                    """))) {
      try (Transport.Channel channel = ready(peer.address())) {
        assertThat(reply(channel.send(envelope(BOB), MAIL), BOB).code()).isEqualTo(550);
        assertThat(channel.reusable()).isTrue();
        assertThat(reply(channel.send(envelope(CAROL), MAIL), CAROL).code()).isEqualTo(250);
      }
      assertThat(peer.problems()).isEmpty();
    }
  }

  @Test
  void aTransactionThatDidNotEndIsResetBeforeTheNext() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(
                HELLO
                    + """
                    S: 250 peer.test
                    C: MAIL FROM:<alice@client.test>
                    S: 250 ok
                    C: RCPT TO:<bob@peer.test>
                    S: 550 no
                    C: RSET
                    S: 250 ok
                    C: MAIL FROM:<alice@client.test>
                    S: 250 ok
                    C: RCPT TO:<carol@peer.test>
                    S: 250 ok
                    C: DATA
                    S: 354 go
                    C: Subject: x
                    C:
                    C: body
                    C: .
                    S: 250 taken
                    """))) {
      try (Transport.Channel channel = ready(peer.address())) {
        channel.send(envelope(BOB), MAIL);
        assertThat(reply(channel.send(envelope(CAROL), MAIL), CAROL).code()).isEqualTo(250);
      }
      assertThat(peer.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"451", "550", "421"})
  void aReplyToMailIsTheReplyForEveryRecipient(int code) throws IOException {
    for (String extension : List.of("HELP", "PIPELINING")) {
      boolean piped = extension.equals("PIPELINING");
      String rest =
          piped
              ? "C: RCPT TO:<bob@peer.test>\nC: RCPT TO:<carol@peer.test>\nC: DATA\nS: "
                  + code
                  + " no\n"
                  // After 421 nothing follows (RFC 5321 §3.8): the client may have hung up.
                  + (code == 421 ? "" : "S: 503 a\nS: 503 b\nS: 503 c\n")
              : "S: " + code + " no\n";
      try (ScriptedPeer peer =
          ScriptedPeer.start(
              script(
                  HELLO
                      + "S: 250-peer.test\nS: 250 "
                      + extension
                      + "\nC: MAIL FROM:<alice@client.test>\n"
                      + rest))) {
        Transfer transfer = send(peer.address(), envelope(BOB, CAROL));

        assertThat(transfer.replies().values()).extracting(Reply::code).containsOnly(code);
        assertThat(transfer.replies()).containsOnlyKeys(BOB, CAROL);
        assertThat(transfer.broken().isPresent()).isEqualTo(code == 421);
        assertThat(peer.problems()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"DATA, 451", "DATA, 554", "END, 452", "END, 554", "END, 421"})
  void aRefusalOfTheContentIsTheReplyForAcceptedRecipients(String at, int code) throws IOException {
    String end =
        at.equals("DATA")
            ? "S: " + code + " no\n"
            : "S: 354 go\nC: Subject: x\nC:\nC: body\nC: .\nS: " + code + " no\n";
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(
                HELLO
                    + """
                    S: 250 peer.test
                    C: MAIL FROM:<alice@client.test>
                    S: 250 ok
                    C: RCPT TO:<bob@peer.test>
                    S: 250 ok
                    C: DATA
                    """
                    + end))) {
      Transfer transfer = send(peer.address(), envelope(BOB));

      assertThat(reply(transfer, BOB).code()).isEqualTo(code);
      assertThat(peer.problems()).isEmpty();
    }
  }

  @Test
  void manyRecipientsGoInSeveralTransactions() throws IOException {
    Recipient[] all =
        IntStream.range(0, 250)
            .mapToObj(i -> recipient("u" + i + "@peer.test"))
            .toArray(Recipient[]::new);
    try (StrictSink sink = new StrictSink(false, "PIPELINING")) {
      assertThat(send(sink.address(), envelope(all)).replies()).hasSize(250);
      assertThat(sink.mails).hasSize(3);
    }
    try (StrictSink sink = new StrictSink(false, "LIMITS RCPTMAX=50 MAILMAX=5")) {
      try (Transport.Channel channel = ready(sink.address())) {
        assertThat(channel.send(envelope(all), MAIL).replies()).hasSize(250);
        assertThat(channel.reusable()).isFalse();
      }
      assertThat(sink.mails).hasSize(5);
    }
  }
}
