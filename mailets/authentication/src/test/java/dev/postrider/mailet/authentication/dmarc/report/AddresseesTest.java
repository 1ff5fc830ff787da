package dev.postrider.mailet.authentication.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.dmarc.Destinations;
import dev.postrider.plugin.testkit.InMemoryDns;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddresseesTest {

  private final InMemoryDns dns =
      new InMemoryDns()
          .withTxt("a.example._report._dmarc.plain.example", "v=DMARC1;")
          .withTxt(
              "a.example._report._dmarc.other.example",
              "v=DMARC1; rua=mailto:new@other.example!5m, mailto:second@other.example")
          .withTxt("a.example._report._dmarc.away.example", "v=DMARC1; rua=mailto:x@victim.example")
          .withTxt(
              "a.example._report._dmarc.half.example",
              "v=DMARC1; rua=mailto:x@half.example,mailto:x@victim.example");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mailto:x@a.example|x@a.example",
        "mailto:x@plain.example|x@plain.example",
        "mailto:x@plain.example,mailto:x@a.example,mailto:x@plain.example|x@plain.example, x@a.example",
        // The one who gets them names others of the same host (RFC 9990 §4, step 9).
        "mailto:x@other.example|new@other.example, second@other.example",
        "mailto:x@other.example,mailto:y@other.example|new@other.example, second@other.example",
        // Of another host: neither the one nor the other.
        "mailto:x@away.example|''",
        "mailto:x@half.example|''",
        "mailto:x@silent.example|''",
        "https://a.example/|''",
        "''|''"
      })
  void reportsGoToWhoWantsThem(String rua, String addresses) {
    Addressees addressees = new Addressees(new Destinations(dns), System.getLogger("test"));
    assertThat(addressees.of("a.example", rua)).hasToString("[" + addresses + "]");
  }
}
