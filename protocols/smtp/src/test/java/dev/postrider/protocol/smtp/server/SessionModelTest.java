package dev.postrider.protocol.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.protocol.line.ConnectionLimits;
import dev.postrider.protocol.testkit.SessionPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * THREATS 4: random commands against a model of a few lines. What is accepted must belong to the
 * transaction that the model believes in; nothing survives a reset, a refusal or a handshake.
 */
class SessionModelTest {
  private static final SmtpLimits ENDLESS =
      new SmtpLimits(
          ConnectionLimits.DEFAULT,
          65_536,
          100,
          100_000,
          100_000,
          100_000,
          1000,
          512,
          Duration.ofMinutes(5),
          1000);

  private static final List<String> COMMANDS =
      List.of(
          "EHLO c\r\n",
          "HELO c\r\n",
          "RSET\r\n",
          "NOOP\r\n",
          "VRFY x\r\n",
          "STARTTLS\r\n",
          "AUTH PLAIN AGFsaWNlQGV4YW1wbGUudGVzdABzZWNyZXQ=\r\n",
          "AUTH PLAIN AGFsaWNlQGV4YW1wbGUudGVzdAB3cm9uZw==\r\n",
          "MAIL FROM:<%d@s.example>\r\n",
          "MAIL FROM:<%d@s.example>\r\n",
          "MAIL FROM:<%d@s.example>\r\n",
          "MAIL FROM:<%d@s.example>\r\n",
          "MAIL FROM:<unknown@s.example>\r\n",
          "MAIL FROM:<fault@s.example>\r\n",
          "RCPT TO:<%d@example.test>\r\n",
          "RCPT TO:<%d@example.test>\r\n",
          "RCPT TO:<%d@example.test>\r\n",
          "RCPT TO:<%d@example.test>\r\n",
          "RCPT TO:<%d@example.test>\r\n",
          "RCPT TO:<unknown@example.test>\r\n",
          "RCPT TO:<fault@example.test>\r\n",
          "RCPT TO:<x@relay.example>\r\n",
          "DATA\r\n",
          "BDAT 9\r\n%07d\r\n",
          "BDAT 9 LAST\r\n%07d\r\n",
          "BDAT 6 LAST\r\nSPAM\r\n",
          "BDAT 6\r\n\nxxxxx",
          "BDAT 8\r\nNOROOM\r\n",
          "XYZ\r\n");

  /** What a correct session remembers. */
  private static final class Model {
    boolean tls;
    boolean greeted;
    boolean loggedIn;
    boolean mail;
    String sender = "";
    List<String> recipients = new ArrayList<>();
    String chunks = "";
    boolean chunking;
    List<String> taken = new ArrayList<>();

    void reset() {
      mail = false;
      sender = "";
      recipients = new ArrayList<>();
      chunks = "";
      chunking = false;
    }

    void take(String content) {
      taken.add(sender + recipients + content + (loggedIn ? " in" : "") + (tls ? " tls" : ""));
      reset();
    }
  }

  @RepeatedTest(20)
  void nothingSurvivesATransaction(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    Model model = new Model();
    FakeReception reception = new FakeReception();
    StringBuilder log = new StringBuilder();
    try (SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer =
        Fixture.session(Fixture.settings(SmtpProfile.SERVER, ENDLESS), reception, false)) {
      peer.readLines();
      for (int i = 0; i < 600; i++) {
        String command =
            COMMANDS.get(random.nextInt(COMMANDS.size())).replace("%07d", "%1$07d").formatted(i);
        int before = reception.taken.size();
        List<String> replies = Fixture.say(peer, command);
        log.append(command, 0, Math.min(40, command.length())).append(replies).append('\n');
        follow(model, command, replies, peer);
        assertThat(reception.taken.size() - before).as("%s", log).isLessThanOrEqualTo(1);
        assertThat(taken(reception)).as("%s", log).isEqualTo(model.taken);
      }
      assertThat(model.taken).as("the commands reach an end now and then").isNotEmpty();
    }
    assertThat(reception.draftsOpen).hasValue(0);
  }

  private static List<String> taken(FakeReception reception) {
    List<String> out = new ArrayList<>();
    for (FakeReception.Taken mail : reception.taken) {
      out.add(
          mail.envelope().sender()
              + mail.envelope().recipients().toString()
              + mail.content()
              + (mail.client().login().isPresent() ? " in" : "")
              + (mail.client().tls() ? " tls" : ""));
    }
    return out;
  }

  private static void follow(
      Model model,
      String command,
      List<String> replies,
      SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer) {
    String code = replies.getLast().substring(0, 3);
    String verb = command.substring(0, 4);
    String argument =
        command.contains("<")
            ? command.substring(command.indexOf('<') + 1, command.indexOf('>'))
            : "";
    switch (verb) {
      case "EHLO", "HELO" -> {
        expect(code, "250");
        model.greeted = true;
        model.reset();
      }
      case "RSET" -> {
        expect(code, "250");
        model.reset();
      }
      case "STAR" -> {
        expect(code, model.tls || model.chunking ? "503" : "220");
        if (code.equals("220")) {
          peer.startTls();
          model.reset();
          model.tls = true;
          model.greeted = false;
          model.loggedIn = false;
        }
      }
      case "AUTH" -> model.loggedIn |= code.equals("235");
      case "MAIL" -> {
        boolean known = Character.isDigit(argument.charAt(0));
        if (!model.greeted || model.mail) {
          expect(code, "503");
        } else if (known) {
          expect(code, "250");
          model.mail = true;
          model.sender = argument;
        } else {
          expect(code.substring(0, 1), argument.startsWith("fault") ? "4" : "5");
        }
      }
      case "RCPT" -> {
        boolean relay = argument.endsWith("relay.example") && model.loggedIn;
        boolean known = Character.isDigit(argument.charAt(0)) || relay;
        if (!model.mail || model.chunking) {
          expect(code, "503");
        } else if (known) {
          expect(code, "250");
          model.recipients.add(argument);
        }
      }
      case "DATA" -> {
        boolean ready = model.mail && !model.recipients.isEmpty() && !model.chunking;
        assertThat(code.equals("354")).isEqualTo(ready);
        if (ready) {
          List<String> end = Fixture.say(peer, "data\r\n.\r\n");
          expect(end.getLast().substring(0, 3), "250");
          model.take("data\r\n");
        }
      }
      case "BDAT" -> chunk(model, command, code);
      default -> {}
    }
  }

  private static void chunk(Model model, String command, String code) {
    boolean good = command.startsWith("BDAT 9");
    if (!model.mail || model.recipients.isEmpty()) {
      assertThat(code).isIn("503", "554");
      model.reset();
      return;
    }
    if (!good) {
      assertThat(code).matches("[45].*");
      model.reset();
      return;
    }
    expect(code, "250");
    model.chunking = true;
    model.chunks += command.substring(command.indexOf('\n') + 1);
    if (command.contains("LAST")) {
      model.take(model.chunks);
    }
  }

  private static void expect(String code, String expected) {
    assertThat(code).isEqualTo(expected);
  }
}
