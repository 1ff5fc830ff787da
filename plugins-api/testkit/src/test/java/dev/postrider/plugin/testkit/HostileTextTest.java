package dev.postrider.plugin.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.plugin.Domains;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Text;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API reads of strangers costs little time and heap, however much of it there is. */
class HostileTextTest {

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final int MB = 1 << 20;

  private static void print(String name, Cost cost) {
    System.out.println(name + ": " + cost);
  }

  @Test
  void aHeaderOfTenMegabytesIsReadUpToTheLimit() throws IOException {
    byte[] addresses = ("To: " + "a@example.org,\r\n ".repeat(600_000)).getBytes(ISO_8859_1);
    byte[] fields = "a:\r\n".repeat(2_500_000).getBytes(ISO_8859_1);
    byte[] line = ("X: " + "x".repeat(10 * MB)).getBytes(ISO_8859_1);
    for (byte[] header : new byte[][] {addresses, fields, line}) {
      Cost cost =
          Cost.of(() -> assertThat(Message.of(header).bodyOffset()).isLessThanOrEqualTo(MB / 4));
      print("a header of " + header.length + " octets", cost.within(SHORT, 32 * MB));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?",
        "=?x?q?a?= ",
        "=?utf-8?b?",
        "=?utf-8?q?=41?=",
        "=?no-such?q?a?= ",
        "?=",
        "\u0301",
        "\u202e"
      })
  void aFieldAsLongAsAnyIsDecodedInLinearTime(String piece) {
    HeaderField field = raw(piece);
    Cost cost = Cost.of(() -> assertThat(field.decodedValue()).isNotNull());
    print("encoded words, 200 KB of " + piece, cost.within(SHORT, 64 * MB));
  }

  private static HeaderField raw(String piece) {
    String text = "Subject: " + piece.repeat(MB / 5 / piece.getBytes(UTF_8).length);
    return Message.of((text + "\r\n\r\n").getBytes(UTF_8)).headers().fields().getFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.", "@", "\"", "\\", "(", "<", "[", "\u4e00", "\u4e00.", "\ufdfa"})
  void anAddressOrDomainOfAMegabyteIsRefusedAtOnce(String piece) {
    String text = piece.repeat(MB / piece.length());
    Cost cost =
        Cost.of(
            () -> {
              assertThatThrownBy(() -> Domains.normalise(text))
                  .isInstanceOf(IllegalArgumentException.class);
              assertThat(EmailAddress.tryParse("a@" + text)).isEmpty();
              assertThat(EmailAddress.tryParse(text + "@a.example")).isEmpty();
            });
    print("addresses, a megabyte of " + piece, cost.within(SHORT, 64 * MB));
  }

  @Test
  void whatIsShownOfAnyTextIsShort() {
    String text = "\u001b[31m\r\n\u202e".repeat(MB);
    Cost cost = Cost.of(() -> assertThat(Text.shown(text)).hasSize(81).doesNotContain("\u001b"));
    print("8 MB of escape sequences in a message to a person", cost.within(SHORT, MB));
  }
}
