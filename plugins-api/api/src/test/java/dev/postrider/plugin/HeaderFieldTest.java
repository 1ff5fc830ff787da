package dev.postrider.plugin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderFieldTest {

  private static final String[] PIECES = {
    "a",
    "word",
    " ",
    "  ",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\r\n ",
    "\0",
    ":",
    "Bcc: x@y",
    "ü",
    "😀",
    "\u0085",
    "\u2028",
    "\u010a",
    "=?utf-8?q?=0D=0A?=",
    "x".repeat(90),
    " ".repeat(90),
    ";",
    "\ud800"
  };

  @Test
  void aShortFieldStaysOnOneLine() {
    assertThat(HeaderField.of("X-Tag", "a  b").raw()).isEqualTo("X-Tag: a  b\r\n");
    assertThat(HeaderField.of("X-Tag", "").raw()).isEqualTo("X-Tag: \r\n");
  }

  @Test
  void aLongFieldIsFoldedAtWhiteSpaceAndKeepsItsValue() {
    String value = "word ".repeat(100).strip();
    HeaderField field = HeaderField.of("X-Long", value);
    assertThat(field.raw().lines()).allSatisfy(line -> assertThat(line).hasSizeBetween(1, 78));
    assertThat(field.value()).isEqualTo(value);
  }

  @Test
  void aWordIsNeverBrokenHoweverLong() {
    String word = "x".repeat(200);
    assertThat(HeaderField.of("X-Long", word + " b " + word).raw())
        .isEqualTo("X-Long: " + word + "\r\n b\r\n " + word + "\r\n");
  }

  @Test
  void encodedWordsFitTheirLines() {
    HeaderField field = HeaderField.of("Subject", "Größe ".repeat(60));
    assertThat(field.raw().lines()).allSatisfy(line -> assertThat(line).hasSizeBetween(1, 76));
    assertThat(field.decodedValue()).isEqualTo("Größe ".repeat(60));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ": x",
        "X Y: x",
        "no colon",
        " X: y",
        "X: a\r\nBcc: b",
        "X: a\nBcc: b",
        "X: a\rBcc: b",
        "X: a\r\n\r\nbody",
        "X: a\r",
        "X: a\0",
        "X: \u010a",
        "X\u000b: a",
        "\u00fcber: a"
      })
  void whatIsNotOneFieldIsRefused(String raw) {
    assertThatThrownBy(() -> HeaderField.received(raw))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("header field");
  }

  @Test
  void aReceivedFieldKeepsItsOctets() {
    String raw = "Subject \t: a\r\n\tb\r\n  c\u00fc\r\n";
    HeaderField field = HeaderField.received(raw);
    assertThat(field.raw()).isEqualTo(raw);
    assertThat(field.name()).isEqualTo("Subject");
    assertThat(field.value()).isEqualTo("a\tb  c\u00fc");
    assertThat(field.is("SUBJECT")).isTrue();
  }

  @Test
  void rawUtf8IsReadAsUtf8() {
    assertThat(HeaderField.received("Subject: gr\u00c3\u00b6\u00c3\u009fer\r\n").value())
        .isEqualTo("größer");
  }

  @Test
  void noValueOfTheApiCanAddAHeaderLine() {
    Random random = new Random(20261123);
    Message message = Message.of("From: a@x.test\r\n\r\nBody\r\n".getBytes(US_ASCII));
    int made = 0;
    for (int i = 0; i < 20_000; i++) {
      String name = random.nextInt(4) == 0 ? pieces(random, 2) : "X-Test";
      boolean fresh = random.nextBoolean();
      Optional<HeaderField> field = made(fresh, name, pieces(random, 6));
      if (field.isEmpty()) {
        continue;
      }
      made++;
      HeaderField value = field.get();
      Headers headers =
          switch (random.nextInt(3)) {
            case 0 -> message.headers().withFirst(value);
            case 1 -> message.headers().withLast(value);
            default -> new Headers(List.of(value, message.headers().fields().getFirst()));
          };
      Message edited = MessageTest.reread(message.withHeaders(headers));
      assertThat(edited.headers().fields())
          .as("with %s", value.raw())
          .hasSize(2)
          .anyMatch(each -> each.is("From") && each.value().equals("a@x.test"));
      assertThat(value.raw()).doesNotContainPattern("\r(?!\n)|\n(?![ \t]|\\z)");
      if (fresh) {
        assertThat(value.raw()).doesNotContainPattern("\n[ \t]*\r?\n");
      }
    }
    assertThat(made).isGreaterThan(4_000);
  }

  private static Optional<HeaderField> made(boolean fresh, String name, String value) {
    try {
      return Optional.of(
          fresh ? HeaderField.of(name, value) : HeaderField.received(name + ": " + value));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String pieces(Random random, int most) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(most) + 1; i > 0; i--) {
      out.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return out.toString();
  }
}
