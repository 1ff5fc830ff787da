package dev.postrider.kernel.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2PasswordHashTest {

  private final Argon2PasswordHash hash =
      new Argon2PasswordHash(new Argon2Settings(64, 1, 1, 2), new SecureRandom());

  @Test
  void a_password_matches_its_own_hash_only() {
    String made = hash.hash("correct horse");

    assertThat(hash.matches("correct horse", made)).isTrue();
    assertThat(hash.matches("correct horsf", made)).isFalse();
    assertThat(hash.matches("correct horse ", made)).isFalse();
    assertThat(hash.matches("", made)).isFalse();
  }

  @Test
  void two_hashes_of_one_password_differ_by_their_salt() {
    assertThat(hash.hash("x")).isNotEqualTo(hash.hash("x"));
  }

  @Test
  void the_default_costs_are_19_mib_and_2_passes() {
    String made = new Argon2PasswordHash(Argon2Settings.defaults(), new SecureRandom()).hash("x");

    assertThat(made).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(hash.matches("x", made)).as("costs come from the hash").isTrue();
  }

  /** Made with the reference command line tool: {@code argon2 somesalt -id -t 2 -k 256 -p 1}. */
  @Test
  void hashes_of_the_reference_implementation_are_read() {
    String reference =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    assertThat(hash.matches("password", reference)).isTrue();
    assertThat(hash.matches("differentpassword", reference)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "password",
        "$argon2id$",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
        "$argon2id$v=19$m=256,t=2,p=1$$",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=0,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=99$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4\n",
        "{PLAIN}password"
      })
  void an_unreadable_hash_matches_nothing(String corrupt) {
    assertThat(hash.matches("password", corrupt)).isFalse();
    assertThat(hash.matches("", corrupt)).isFalse();
  }

  @Test
  void a_hash_with_any_character_changed_matches_no_more() {
    String made = hash.hash("password");
    Random random = new Random(4);
    for (int round = 0; round < 300; round++) {
      StringBuilder other = new StringBuilder(made);
      int at = random.nextInt(made.length());
      // The last character of a Base64 text holds bits that no octet uses.
      if (at == made.length() - 1 || at == made.lastIndexOf('$') - 1) {
        continue;
      }
      char changed = (char) (33 + random.nextInt(94));
      if (changed != made.charAt(at)) {
        other.setCharAt(at, changed);
        // costs that are merely bigger are a different hash, but a slow test
        if (PhcString.parse(other.toString()).map(PhcString::memoryKib).orElse(0) <= 1024) {
          assertThat(hash.matches("password", other.toString())).as(other.toString()).isFalse();
        }
      }
    }
  }

  @Test
  void one_password_typed_on_two_keyboards_is_one_password() {
    String composed = hash.hash("na\u00efve caf\u00e9");

    assertThat(hash.matches("nai\u0308ve\u00a0cafe\u0301", composed)).isTrue();
    assertThat(hash.matches("NA\u00cfVE CAF\u00c9", composed)).isFalse();
  }

  @Test
  void what_is_no_password_is_refused_with_the_rule() {
    assertThatThrownBy(() -> hash.hash(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 1024 octets");
    assertThatThrownBy(() -> hash.hash("a\nb")).hasMessageContaining("control characters");
    assertThatThrownBy(() -> hash.hash("x".repeat(1025))).hasMessageContaining("1024");
  }

  @Test
  void many_logins_at_once_all_get_their_answer() throws Exception {
    String made = hash.hash("password");
    List<Future<Boolean>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        String guess = i % 2 == 0 ? "password" : "wrong";
        answers.add(threads.submit(() -> hash.matches(guess, made)));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(i % 2 == 0);
      }
    }
  }
}
