package dev.postrider.mailet.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.testkit.InMemoryDns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationsTest {

  private final InMemoryDns dns =
      new InMemoryDns()
          .withTxt("_dmarc.example", "v=DMARC1; p=none; psd=y")
          .withTxt("_dmarc.a.example", "v=DMARC1; p=none")
          .withTxt("_dmarc.own.a.example", "v=DMARC1; p=none; psd=n")
          .withTxt("a.example._report._dmarc.asked.example", "v=DMARC1;")
          .withTxt("a.example._report._dmarc.other.example", "v=spf1 -all")
          .failing("a.example._report._dmarc.silent.example", "x");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // One organization (RFC 9990 §4).
        "a.example|a.example|true",
        "a.example|mail.a.example|true",
        "mail.a.example|a.example|true",
        "x.a.example|y.a.example|true",
        "own.a.example|mail.own.a.example|true",
        // Another one has to be asked.
        "a.example|own.a.example|false",
        "own.a.example|a.example|false",
        "example|b.example|false",
        "example|a.example|false",
        "a.example|b.example|false",
        "a.example|asked.example|true",
        "b.example|asked.example|false",
        "a.example|other.example|false",
        "a.example|silent.example|false"
      })
  void reportsGoToTheOrganizationOrToWhoAskedForThem(String domain, String host, boolean goes) {
    assertThat(new Destinations(dns).consent(domain, host).given()).isEqualTo(goes);
  }

  @Test
  void whoWantsThemMayNameAnotherAddress() { // RFC 9990 §4, step 9
    dns.withTxt("b.example._report._dmarc.asked.example", "v=DMARC1; rua=mailto:x@asked.example");
    assertThat(new Destinations(dns).consent("b.example", "asked.example").instead())
        .containsExactly("mailto:x@asked.example");
    assertThat(new Destinations(dns).consent("a.example", "asked.example").instead()).isEmpty();
  }
}
