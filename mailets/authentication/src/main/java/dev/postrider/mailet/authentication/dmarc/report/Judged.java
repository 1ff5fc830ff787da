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
    boolean passed = dmarc.filter(each -> each.is("dmarc", "pass")).isPresent();
    if (published.isEmpty() || dmarc.isEmpty() || (passed && isReport(mail))) {
      return Optional.empty();
    }
    String author = dmarc.get().value("header", "from").orElse("");
    String domain = published.get().getOrDefault("domain", "");
    // Where nothing would have been done, nothing was spared by passing.
    boolean spared = passed && !published.get().getOrDefault("stated", "none").equals("none");
    String disposition = spared ? "pass" : mail.attribute(Dmarc.DISPOSITION).orElse("none");
    Row row =
        new Row(
            address(mail),
            disposition,
            published.get().getOrDefault("dkim", "fail"),
            published.get().getOrDefault("spf", "fail"),
            mail.attribute(Dmarc.OVERRIDE).orElse(""),
            author,
            mail.sender().address().map(EmailAddress::domain).orElse(""),
            Proofs.of(results, author, domain, mail.sender().isNull()));
    return Optional.of(new Judged(published.get(), row));
  }

  // Without the name of a network card of ours.
  private static String address(Mail mail) {
    String address = mail.client().address().getHostAddress();
    int card = address.indexOf('%');
    return card < 0 ? address : address.substring(0, card);
  }

  // No reports about reports: two servers would write to each other for ever. What only looks like
  // one is counted.
  private static boolean isReport(Mail mail) {
    return mail.message().headers().first("Subject").stream()
        .anyMatch(field -> field.value().regionMatches(true, 0, "Report Domain:", 0, 14));
  }
}
