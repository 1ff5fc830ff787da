package dev.postrider.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedWordsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "=?utf-8?B?R3LDvMOfZQ==?=,Grüße",
        "=?UTF-8?b?R3LDvMOfZQ?=,Grüße",
        "=?iso-8859-1?Q?Gr=FC=DFe?=,Grüße",
        "=?us-ascii*en?q?a_b?=,a b",
        "=?utf-8?Q?a?= =?utf-8?Q?b?=,ab",
        "=?utf-8?Q?a?= c =?utf-8?Q?b?=,a c b",
        "before =?utf-8?Q?=41?= after,before A after",
        "=?utf-8?Q?what?_is?=,what?_is",
        "=?utf-8?Q?broken=Z1=?=,broken=Z1="
      })
  void wordsAreDecoded(String text, String expected) {
    assertThat(EncodedWords.decode(text)).isEqualTo(expected.replace("what?_is", "what? is"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "=?",
        "=?utf-8",
        "=?utf-8?",
        "=?utf-8?Q",
        "=?utf-8?Q?",
        "=?utf-8?Q?open",
        "=?utf-8?X?a?=",
        "=?utf-8?B?***?=",
        "=?no-such-charset?Q?a?=",
        "=?bad charset?Q?a?=",
        "=??Q?a?=",
        "=?utf-8?Q?\u010a?=",
        "=?="
      })
  void whatIsNoEncodedWordStays(String text) {
    assertThat(EncodedWords.decode(text)).isEqualTo(text);
  }

  @Test
  void aDecodedValueIsOneLine() {
    assertThat(EncodedWords.decode("=?utf-8?Q?a=0D=0ABcc:_b=00?=")).isEqualTo("a  Bcc: b ");
  }

  @Test
  void whatIsEncodedComesBack() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder("ü");
      random
          .ints(random.nextInt(120), 0x20, 0x1f700)
          .filter(c -> Character.isDefined(c) && Character.getType(c) != Character.SURROGATE)
          .filter(c -> c != 0x7f)
          .forEach(text::appendCodePoint);
      String encoded = EncodedWords.encode(text.toString(), 9);
      assertThat(encoded).isASCII().doesNotContainPattern("[^ ]{76}");
      assertThat(EncodedWords.decode(encoded)).isEqualTo(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=?", "=?x?q?a", "=?x?b?=", "=?utf-8?q?a", "=?utf-8?b?a?=", "=?x?q?a?= ", "=?=?"})
  void hostileTextTakesLinearTime(String piece) {
    String text = piece.repeat(1_000_000 / piece.length()) + "?=";
    assertTimeout(Duration.ofSeconds(5), () -> assertThat(EncodedWords.decode(text)).isNotEmpty());
  }
}
