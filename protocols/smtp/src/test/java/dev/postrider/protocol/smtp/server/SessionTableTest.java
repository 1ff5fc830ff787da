package dev.postrider.protocol.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.protocol.line.Input;
import dev.postrider.protocol.line.LineFault;
import dev.postrider.protocol.line.Next;
import dev.postrider.protocol.testkit.SessionPeer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** State × command → code. Rows are states, columns commands. */
class SessionTableTest {

  enum Place {
    CONNECTED(""),
    GREETED("EHLO c\r\n"),
    MAILING("EHLO c\r\nMAIL FROM:<a@s.example>\r\n"),
    WITH_RECIPIENT("EHLO c\r\nMAIL FROM:<a@s.example>\r\nRCPT TO:<alice@example.test>\r\n"),
    CHUNKING(
        "EHLO c\r\nMAIL FROM:<a@s.example>\r\nRCPT TO:<alice@example.test>\r\nBDAT 3\r\na\r\n"),
    LOGGED_IN("EHLO c\r\nAUTH PLAIN AGFsaWNlQGV4YW1wbGUudGVzdABzZWNyZXQ=\r\n");

    final String way;

    Place(String way) {
      this.way = way;
    }
  }

  private static final List<String> COMMANDS =
      List.of(
          "EHLO c",
          "HELO c",
          "LHLO c",
          "STARTTLS",
          "AUTH PLAIN",
          "MAIL FROM:<b@s.example>",
          "RCPT TO:<bob@example.test>",
          "DATA",
          "BDAT 0 LAST",
          "RSET",
          "NOOP",
          "HELP",
          "VRFY x",
          "EXPN x",
          "QUIT",
          "XYZ");

  // In clear; logged in is impossible there, AUTH is refused.
  @ParameterizedTest
  @CsvSource({
    "CONNECTED,      250 250 500 220 538 503 503 503 503 250 250 214 252 502 221 500",
    "GREETED,        250 250 500 220 538 250 503 503 503 250 250 214 252 502 221 500",
    "MAILING,        250 250 500 220 538 503 250 554 554 250 250 214 252 502 221 500",
    "WITH_RECIPIENT, 250 250 500 220 538 503 250 354 250 250 250 214 252 502 221 500",
    "CHUNKING,       250 250 500 503 538 503 503 503 250 250 250 214 252 502 221 500",
  })
  void inClear(Place place, String codes) {
    check(place, codes, false);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTED,      250 250 500 503 503 503 503 503 503 250 250 214 252 502 221 500",
    "GREETED,        250 250 500 503 334 250 503 503 503 250 250 214 252 502 221 500",
    "MAILING,        250 250 500 503 503 503 250 554 554 250 250 214 252 502 221 500",
    "WITH_RECIPIENT, 250 250 500 503 503 503 250 354 250 250 250 214 252 502 221 500",
    "CHUNKING,       250 250 500 503 503 503 503 503 250 250 250 214 252 502 221 500",
    "LOGGED_IN,      250 250 500 503 503 250 503 503 503 250 250 214 252 502 221 500",
  })
  void encrypted(Place place, String codes) {
    check(place, codes, true);
  }

  private static void check(Place place, String codes, boolean tls) {
    String[] expected = codes.strip().split(" ");
    for (int i = 0; i < COMMANDS.size(); i++) {
      try (SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer = at(place, tls)) {
        List<String> reply = Fixture.say(peer, COMMANDS.get(i) + "\r\n");
        assertThat(reply).as("%s in %s", COMMANDS.get(i), place).isNotEmpty();
        assertThat(reply.getLast().substring(0, 3))
            .as("%s in %s: %s", COMMANDS.get(i), place, reply)
            .isEqualTo(expected[i]);
      }
    }
  }

  private static SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> at(Place place, boolean tls) {
    SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer =
        Fixture.session(
            Fixture.settings(SmtpProfile.SERVER, Fixture.SMALL), new FakeReception(), tls);
    Fixture.say(peer, place.way);
    return peer;
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void badLinesAreAnsweredEverywhere(Place place) {
    for (LineFault fault : LineFault.values()) {
      try (SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer = at(place, true)) {
        peer.happen(new Input.Bad<>(fault));
        assertThat(peer.readLines()).singleElement().asString().startsWith("500 5.5.2");
        assertThat(peer.next()).isInstanceOf(Next.ReadLine.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void theServersOwnReasonsEndASessionEverywhere(Place place) {
    List<Input<SmtpAnswer>> reasons =
        List.of(new Input.TimedOut<>(), new Input.Stopping<>(), new Input.Flooded<>());
    for (Input<SmtpAnswer> reason : reasons) {
      try (SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer = at(place, true)) {
        peer.happen(reason);
        assertThat(peer.readLines()).singleElement().asString().matches("(421|552) .*");
        assertThat(peer.next()).isInstanceOf(Next.Close.class);
      }
    }
  }
}
