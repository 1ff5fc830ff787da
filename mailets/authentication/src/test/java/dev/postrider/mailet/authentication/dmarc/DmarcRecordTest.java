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
                + " rua=mailto:a@b.example!10m , https://x.example, mailto:c@d.example; future=1;"
                + " fo=1:d; ruf=mailto:f@b.example");
    assertThat(record)
        .isEqualTo(
            new DmarcRecord(
                true,
                Policy.REJECT,
                Optional.of(Policy.QUARANTINE),
                Optional.of(Policy.NONE),
                true,
                true,
                Optional.of(false),
                true,
                List.of("mailto:a@b.example", "mailto:c@d.example"),
                Optional.of("1:d"),
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "mailto:a@b.example!10m|mailto:a@b.example",
        "mailto:a@b.example!1|mailto:a@b.example",
        "MAILTO:a@b.example|MAILTO:a@b.example",
        "mailto:a%21b@b.example|mailto:a%21b@b.example",
        "mailto:a@b.example!x|-",
        "mailto:a!b@b.example|-",
        "mailto:a b@b.example|-",
        "a@b.example|-",
        "mailto:|-"
      })
  void reportsGoToUrisWithoutTheirObsoleteSize(String entry, String uri) { // RFC 9989 §4.8
    DmarcRecord record = record("v=DMARC1; p=none; rua=" + entry);
    assertThat(record.reportTo()).isEqualTo(uri == null ? List.of() : List.of(uri));
    assertThat(record.fault().isPresent()).isEqualTo(uri == null);
  }

  @Test
  void whatTheOwnerShouldMendIsToldInOurWords() { // RFC 9990 §3.1.5
    assertThat(record("v=DMARC1; p=none; sp=<x>; rua=mailto:a@b.example, nowhere").fault())
        .contains("sp is none of none, quarantine and reject; rua has an entry that is no URI");
    assertThat(record("v=DMARC1; rua=mailto:a@b.example").fault()).isEmpty();
  }

  @Test
  void withoutSayingToWhomNobodyWishesReportsOfSingleMails() { // RFC 9989 §4.7, fo
    assertThat(record("v=DMARC1; p=none; fo=1").failureOptions()).isEmpty();
    assertThat(record("v=DMARC1; p=none; ruf=mailto:a@b.example").failureOptions()).contains("0");
    assertThat(record("v=DMARC1; p=none; fo=<; ruf=mailto:a@b.example").failureOptions()).isEmpty();
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
        "V=DMARC1; p=none|true",
        "v = DMARC1 ; p=none|true",
        "v\t=\tDMARC1|true",
        "v=DMARC10; p=none|false",
        "v=dmarc1; p=none|false",
        "p=none; v=DMARC1|false",
        "v=DMARC1 p=none|false",
        "x=1; v=DMARC1|false",
        "; v=DMARC1|false",
        "v=|false"
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
        "v=DMARC1; rua=nowhere",
        "v=DMARC1; psd=n"
      })
  void byWhatSaysNoPolicyNoMailIsJudged(String text) { // RFC 9989 §4.10.1
    assertThat(record(text).usable()).isFalse();
  }

  @Test
  void aTagThatIsThereTwiceMakesItVoid() { // RFC 6376 §3.2
    assertThat(DmarcRecord.read("v=DMARC1; p=none; p=reject")).isEmpty();
  }

  @Test
  void whoseReportsAreWantedIsWatchedAllTheSame() {
    DmarcRecord record = record("v=DMARC1; p=block; sp=reject; rua=mailto:a@b.example");
    assertThat(record.policy()).isEqualTo(Policy.NONE);
    assertThat(record.ofBelow(true)).isEqualTo(Policy.NONE);
    assertThat(record("v=DMARC1; rua=https://a.example").usable()).isTrue();
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
