package dev.postrider.mailet.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DmarcRecordTest {

  private static DmarcRecord record(String text) {
    return DmarcRecord.read(text).orElseThrow();
  }

  @Test
  void allTagsAreRead() {
    DmarcRecord record =
        record(
            "v=DMARC1; p=reject; sp=Quarantine; np = none ;adkim=s; aspf=s; t=y; psd=n; pct=50;"
                + " rua=mailto:a@b.example!10m , https://x.example, mailto:c@d.example; future=1;");
    assertThat(record)
        .isEqualTo(
            new DmarcRecord(
                Policy.REJECT,
                Optional.of(Policy.QUARANTINE),
                Optional.of(Policy.NONE),
                true,
                true,
                Optional.of(false),
                true,
                List.of("mailto:a@b.example!10m", "mailto:c@d.example")));
  }

  @Test
  void whatIsNotSaidHasItsDefault() {
    DmarcRecord record = record("v=DMARC1;p=quarantine");
    assertThat(record.strictDkim() || record.strictSpf() || record.test()).isFalse();
    assertThat(record.suffix()).isEmpty();
    assertThat(record.ofBelow(true)).isEqualTo(Policy.QUARANTINE);
    assertThat(record.ofBelow(false)).isEqualTo(Policy.QUARANTINE);
    assertThat(record("v=DMARC1;p=none;sp=reject").ofBelow(false)).isEqualTo(Policy.REJECT);
    assertThat(record("v=DMARC1;p=none;np=reject").ofBelow(false)).isEqualTo(Policy.REJECT);
    assertThat(record("v=DMARC1;p=none;np=reject").ofBelow(true)).isEqualTo(Policy.NONE);
    assertThat(record("v=DMARC1;p=none;psd=u").suffix()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DMARC1|true",
        "v=DMARC1;|true",
        " v=DMARC1 ; p=none|true",
        "V=DMARC1; p=none|false",
        "v=DMARC10; p=none|false",
        "v=dmarc1; p=none|false",
        "p=none; v=DMARC1|false",
        "v=DMARC1 p=none|false"
      })
  void onlyWhatBeginsWithTheVersionIsAPolicy(String text, boolean is) {
    assertThat(DmarcRecord.isOne(text)).isEqualTo(is);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=DMARC1",
        "v=DMARC1; p=block",
        "v=DMARC1; p=none; sp=x",
        "v=DMARC1; p=none; np=",
        "v=DMARC1; p=none; p=reject",
        "v=DMARC1; rua=mailto:",
        "v=DMARC1; rua=https://a.example"
      })
  void aPolicyThatSaysNothingUsableIsNone(String text) {
    assertThat(DmarcRecord.read(text)).isEmpty();
  }

  @Test
  void whoseReportsAreWantedIsWatchedAllTheSame() {
    DmarcRecord record = record("v=DMARC1; p=block; sp=reject; rua=mailto:a@b.example");
    assertThat(record.policy()).isEqualTo(Policy.NONE);
    assertThat(record.ofBelow(true)).isEqualTo(Policy.NONE);
  }

  @Test
  void anyTextIsReadInLinearTime() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(3),
        () -> {
          Random random = new Random(5);
          String alphabet = "vp=;DMARC1 rejectnone,mailto:@!\t\0é";
          for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("v=DMARC1;");
            for (int j = random.nextInt(40); j >= 0; j--) {
              text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(DmarcRecord.read(text.toString())).isNotNull();
          }
          for (String part : List.of(";", "=", "a=b;", "rua=", "mailto:a@b,", " ")) {
            String huge = "v=DMARC1; p=none; rua=" + part.repeat(65_000 / part.length());
            assertThat(DmarcRecord.read(huge)).isNotNull();
          }
        });
  }
}
