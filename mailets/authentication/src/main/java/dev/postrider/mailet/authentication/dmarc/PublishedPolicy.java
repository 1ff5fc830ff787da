package dev.postrider.mailet.authentication.dmarc;

import java.util.Optional;

/** What reports say of the policy that held for a mail: {@code tag=value}, one a line. */
final class PublishedPolicy {

  private static final int ADDRESSES = 2000;

  private PublishedPolicy() {}

  /** As text; empty where the domain wants no report, or nothing is known for sure. */
  static Optional<String> of(DmarcAnswer answer) {
    boolean sure =
        answer.result() == DmarcAnswer.Result.PASS || answer.result() == DmarcAnswer.Result.FAIL;
    return answer
        .published()
        .filter(each -> sure && !each.record().reportTo().isEmpty())
        .map(each -> text(answer, each));
  }

  private static String text(DmarcAnswer answer, DmarcAnswer.Published published) {
    DmarcRecord record = published.record();
    StringBuilder out = new StringBuilder();
    line(out, "domain", published.domain());
    line(out, "stated", published.stated().word());
    line(out, "p", record.policy().word());
    record.ofSubdomains().ifPresent(policy -> line(out, "sp", policy.word()));
    record.ofMissing().ifPresent(policy -> line(out, "np", policy.word()));
    line(out, "adkim", record.strictDkim() ? "s" : "r");
    line(out, "aspf", record.strictSpf() ? "s" : "r");
    line(out, "t", record.test() ? "y" : "n");
    line(out, "dkim", answer.alignedDkim() ? "pass" : "fail");
    line(out, "spf", answer.alignedSpf() ? "pass" : "fail");
    record.failureOptions().ifPresent(options -> line(out, "fo", options));
    record.fault().ifPresent(fault -> line(out, "error", fault));
    line(out, "rua", addresses(record));
    return out.toString();
  }

  // The first ones that fit.
  private static String addresses(DmarcRecord record) {
    StringBuilder out = new StringBuilder();
    for (String each : record.reportTo()) {
      if (out.length() + each.length() < ADDRESSES) {
        out.append(out.isEmpty() ? "" : ",").append(each);
      }
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append(name).append('=');
    value.chars().forEach(c -> out.append(c < ' ' || c > '~' ? '?' : (char) c));
    out.append('\n');
  }
}
