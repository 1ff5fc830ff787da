package dev.postrider.mailet.authentication.arc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.dkim.VerifyPolicy;
import dev.postrider.plugin.testkit.FixedClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ArcValidationSuiteTest {

  private static final FixedClock CLOCK = FixedClock.at("2026-11-23T12:00:00Z");

  @Test
  void everyCaseOfThePublicSuiteIsJudgedAsItSays() throws IOException {
    List<ArcSuite.Case> cases = ArcSuite.cases("arc-draft-validation-tests.yml");
    List<String> wrong = new ArrayList<>();
    for (ArcSuite.Case each : cases) {
      ChainVerifier verifier = new ChainVerifier(each.dns(), CLOCK, VerifyPolicy.STANDARD);
      ChainResult result = verifier.verify(each.message());
      // The suite says nothing where the last seal says cv=fail: the chain stays broken.
      String said = each.text("cv").strip().toLowerCase(Locale.ROOT);
      String expected = said.isEmpty() ? "fail" : said;
      if (!result.status().word().equals(expected)) {
        wrong.add(each.name() + ": " + expected + " but " + result);
      }
    }
    assertThat(wrong).isEmpty();
    System.out.printf("ARC validation suite: %1$d of %1$d%n", cases.size());
  }
}
