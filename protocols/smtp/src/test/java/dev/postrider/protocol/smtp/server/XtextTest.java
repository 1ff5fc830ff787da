package dev.postrider.protocol.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XtextTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "rfc822;bob@example.test", "+2B", "a+3Db+00", "!~"})
  void isXtext(String text) {
    assertThat(Xtext.isXtext(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=b", "+", "+2", "+2b", "+G0", "a+", "\t", "ä", "\u007f"})
  void isNone(String text) {
    assertThat(Xtext.isXtext(text)).isFalse();
  }

  @Test
  void aValueOfAnyLengthTakesNoStack() throws InterruptedException {
    String text = "a".repeat(1_000_000) + "+2B".repeat(100_000);
    boolean[] found = new boolean[1];
    Thread small = new Thread(null, () -> found[0] = Xtext.isXtext(text), "small", 128 * 1024);
    small.start();
    small.join();
    assertThat(found[0]).isTrue();
  }
}
