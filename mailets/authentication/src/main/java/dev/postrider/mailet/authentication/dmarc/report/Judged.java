package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.mailet.authentication.dmarc.Dmarc;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a report says about one mail. Mails that are alike in it are counted together.
 *
 * @param published the policy, by tag, with {@code domain} and {@code rua}
 * @param row fields of a row of the report, separated by tabs: see {@link Row}
 */
record Judged(Map<String, String> published, Row row) {

  /** Copies the map. */
  Judged {
    published = Map.copyOf(published);
  }

  /** Of a mail that passed {@link Dmarc}; empty where nobody wants a report about it. */
  static Optional<Judged> of(Mail mail) {
    Optional<Map<String, String>> published =
        mail.attribute(Dmarc.PUBLISHED).map(Lines::read).filter(all -> all.containsKey("rua"));
    List<MethodResult> results = Verdicts.of(mail);
    Optional<MethodResult> dmarc = results.stream().filter(each -> each.isOf("dmarc")).findFirst();
    if (published.isEmpty() || dmarc.isEmpty() || isReport(mail)) {
      return Optional.empty();
    }
    String disposition =
        dmarc.get().result().equals("pass")
            ? "pass"
            : mail.attribute(Dmarc.DISPOSITION).orElse("none");
    Row row =
        new Row(
            mail.client().address().getHostAddress(),
            disposition,
            published.get().getOrDefault("dkim", "fail"),
            published.get().getOrDefault("spf", "fail"),
            mail.attribute(Dmarc.OVERRIDE).orElse(""),
            dmarc.get().value("header", "from").orElse(""),
            mail.sender().address().map(EmailAddress::domain).orElse(""),
            results.stream().flatMap(each -> Row.Proof.of(each).stream()).limit(10).toList());
    return Optional.of(new Judged(published.get(), row));
  }

  // No reports about reports: two servers would write to each other for ever.
  private static boolean isReport(Mail mail) {
    return mail.message().headers().first("Subject").stream()
        .anyMatch(field -> field.value().regionMatches(true, 0, "Report Domain:", 0, 14));
  }
}
