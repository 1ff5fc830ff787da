package dev.postrider.mailet.spam.score;

import dev.postrider.mailet.spam.checked.CheckedSender;
import dev.postrider.plugin.Mail;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What checks of the sender came to, as their mailets left it in the attribute {@code
 * authentication.results}: lines that begin with {@code method=result}.
 */
final class ResultChecks {

  private static final String ATTRIBUTE = "authentication.results";

  private ResultChecks() {}

  static void of(Mail mail, Evidence evidence) {
    Set<String> results =
        mail.attribute(ATTRIBUTE).stream()
            .flatMap(String::lines)
            .map(line -> line.strip().split(" ", 2)[0])
            .collect(Collectors.toSet());
    boolean signed = results.contains("dkim=pass");
    boolean stands = results.contains("dmarc=pass");
    evidence.addIf(CheckedSender.isSpf(mail, "fail") && !stands, Rule.SPF_FAIL);
    evidence.addIf(CheckedSender.isSpf(mail, "softfail") && !stands, Rule.SPF_SOFTFAIL);
    evidence.addIf(CheckedSender.isSpf(mail, "pass"), Rule.SPF_PASS);
    evidence.addIf(signed, Rule.DKIM_PASS);
    evidence.addIf(results.contains("dkim=fail") && !signed, Rule.DKIM_FAIL);
    evidence.addIf(results.contains("dmarc=fail"), Rule.DMARC_FAIL);
    evidence.addIf(stands, Rule.DMARC_PASS);
    boolean nameless = results.contains("iprev=fail") || results.contains("iprev=permerror");
    evidence.addIf(nameless, Rule.IPREV_FAIL);
    evidence.addIf(results.contains("x-helo=fail"), Rule.BAD_HELO);
    evidence.addIf(results.contains("x-from=fail"), Rule.ODD_FROM);
  }
}
