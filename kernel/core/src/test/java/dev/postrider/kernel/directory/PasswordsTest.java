package dev.postrider.kernel.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

  @Test
  void composed_and_decomposed_characters_are_one() {
    assertThat(Passwords.prepared("cafe\u0301")).contains("caf\u00e9");
  }

  @Test
  void every_kind_of_space_is_the_ascii_one_and_none_is_trimmed() {
    assertThat(Passwords.prepared(" a\u00a0b\u2003c ")).contains(" a b c ");
  }

  @Test
  void case_and_width_stay_as_typed() {
    assertThat(Passwords.prepared("Ab\uff21")).contains("Ab\uff21");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a\0b", "a\tb", "a\r\nb", "a\u007f", "a\u0085b", "\ud800", "x\udc00y"})
  void control_characters_and_half_characters_make_no_password(String text) {
    assertThat(Passwords.prepared(text)).isEmpty();
  }

  @Test
  void the_limit_counts_octets_not_characters() {
    assertThat(Passwords.prepared("x".repeat(1024))).isPresent();
    assertThat(Passwords.prepared("x".repeat(1025))).isEmpty();
    assertThat(Passwords.prepared("\u00e9".repeat(512))).isPresent();
    assertThat(Passwords.prepared("\u00e9".repeat(513))).isEmpty();
  }
}
