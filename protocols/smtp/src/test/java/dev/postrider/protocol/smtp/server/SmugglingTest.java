package dev.postrider.protocol.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.protocol.testkit.SessionPeer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** THREATS 1: no ending but CRLF.CRLF lets a second mail in, however the octets are cut. */
class SmugglingTest {
  private static final String OPENING =
      "EHLO c\r\nMAIL FROM:<a@s.example>\r\nRCPT TO:<alice@example.test>\r\nDATA\r\n";
  private static final String SECOND =
      "MAIL FROM:<evil@s.example>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\nevil\r\n.\r\n";

  @ParameterizedTest
  @MethodSource("dev.postrider.protocol.testkit.DotEndings#wrong")
  void aSecondMailDoesNotHideInTheFirst(String ending) {
    byte[] all =
        (OPENING + "Subject: x\r\n\r\nfirst" + ending + SECOND + "NOOP\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    for (int split = OPENING.length(); split < all.length; split++) {
      FakeReception reception = new FakeReception();
      try (SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer =
          Fixture.session(
              Fixture.settings(SmtpProfile.SERVER, SmtpLimits.DEFAULT), reception, false)) {
        peer.send(Arrays.copyOfRange(all, 0, split));
        peer.send(Arrays.copyOfRange(all, split, all.length));
        List<String> replies = peer.readLines();
        assertThat(reception.taken).as("split at %d", split).isEmpty();
        assertThat(replies.getLast()).startsWith("250 2.0.0");
        assertThat(replies.get(replies.size() - 2)).startsWith("550 5.6.0");
      }
    }
  }
}
