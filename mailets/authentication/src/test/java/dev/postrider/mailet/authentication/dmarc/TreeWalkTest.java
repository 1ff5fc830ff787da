package dev.postrider.mailet.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.testkit.Cost;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeWalkTest {

  private final InMemoryDns dns = new InMemoryDns();

  @Test
  void theExampleOfTheRfcAsksEightNames() {
    new TreeWalk(dns).from("a.b.c.d.e.f.g.h.i.j.mail.example.com");
    assertThat(dns.queries())
        .containsExactly(
            "TXT _dmarc.a.b.c.d.e.f.g.h.i.j.mail.example.com",
            "TXT _dmarc.g.h.i.j.mail.example.com",
            "TXT _dmarc.h.i.j.mail.example.com",
            "TXT _dmarc.i.j.mail.example.com",
            "TXT _dmarc.j.mail.example.com",
            "TXT _dmarc.mail.example.com",
            "TXT _dmarc.example.com",
            "TXT _dmarc.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.example.com|''|a.example.com",
        "a.mail.example.com|example.com v=DMARC1;p=none|example.com",
        "a.mail.example.com|mail.example.com v=DMARC1;p=none;psd=n, example.com v=DMARC1;p=none|mail.example.com",
        "a.mail.example.com|mail.example.com v=DMARC1;p=none, com v=DMARC1;p=none;psd=y|example.com",
        "a.b.gov.example|gov.example v=DMARC1;p=none;psd=y|b.gov.example",
        "gov.example|gov.example v=DMARC1;p=none;psd=y|gov.example",
        "a.mail.example.com|mail.example.com v=DMARC1;p=none, example.com v=DMARC1;p=x|example.com",
        "a.mail.example.com|mail.example.com v=DMARC1;p=none, example.com v=DMARC1;p=none;p=none|mail.example.com",
        "a.mail.example.com|mail.example.com v=DMARC1;psd=n, example.com v=DMARC1;p=none|mail.example.com",
        "a.example.com|example.com v=DMARC1;p=none;psd=x|example.com",
        "a.b.example.com|b.example.com v=DMARC1;p=none;psd=y, example.com v=DMARC1;p=none|a.b.example.com",
        "b.c.d.e.f.g.h.example|h.example v=DMARC1;p=none|h.example",
        "a.b.c.d.e.f.g.h.example|b.c.d.e.f.g.h.example v=DMARC1;p=none;psd=n|a.b.c.d.e.f.g.h.example",
        "example.com|example.com v=DMARC1;p=none;psd=n, com v=DMARC1;p=none|example.com"
      })
  void theOrganizationIsFoundByWhatIsPublished(String start, String records, String organization) {
    for (String each : records.isEmpty() ? new String[0] : records.split(", ")) {
      int space = each.indexOf(' ');
      dns.withTxt("_dmarc." + each.substring(0, space), each.substring(space + 1));
    }
    assertThat(new TreeWalk(dns).from(start).organization()).isEqualTo(organization);
  }

  @Test
  void severalPoliciesAtAPlaceAreNone() {
    dns.withTxt("_dmarc.example.com", "v=DMARC1; p=reject");
    dns.withTxt("_dmarc.example.com", "v=DMARC1; p=none");
    dns.withTxt("_dmarc.example.com", "something else");
    assertThat(new TreeWalk(dns).from("example.com").found()).isEmpty();
  }

  @Test
  void aNameOfThousandsOfLabelsCostsLittle() {
    String name = "a.".repeat(100_000) + "example.com";
    Cost cost = Cost.of(() -> new TreeWalk(dns).from(name).organization());
    System.out.println(
        "DMARC walk of 100,000 labels: " + cost.within(Duration.ofSeconds(1), 64 << 20));
    assertThat(dns.queries()).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void anyNameCostsEightLookupsAtMostAndNoneTwice() {
    Random random = new Random(11);
    for (int i = 0; i < 3000; i++) {
      StringBuilder name = new StringBuilder();
      int labels = 1 + random.nextInt(i % 10 == 0 ? 200 : 12);
      for (int j = 0; j < labels; j++) {
        name.append(j == 0 ? "" : ".").append(random.nextInt(5) == 0 ? "" : (char) ('a' + j % 26));
      }
      InMemoryDns names = new InMemoryDns();
      String at = name.toString();
      while (at.indexOf('.') >= 0 && random.nextBoolean()) {
        at = at.substring(at.indexOf('.') + 1);
        String suffix = new String[] {"", "; psd=y", "; psd=n"}[random.nextInt(3)];
        names.withTxt("_dmarc." + at, "v=DMARC1; p=reject" + suffix);
      }
      TreeWalk walk = new TreeWalk(names);
      TreeWalk.Walk walked = walk.from(name.toString());
      String organization = walked.organization();
      assertThat(name.toString()).endsWith(organization);
      assertThat(names.queries()).hasSizeLessThanOrEqualTo(8).doesNotHaveDuplicates();
      int asked = names.queries().size();
      walk.from(name.toString());
      assertThat(names.queries()).hasSize(asked);
    }
  }
}
