package dev.postrider.mailet.authentication.dmarc;

import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.Mail;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The domains that SPF and DKIM have proven for a mail, from the results they left.
 *
 * @param spf the sender's, or that of HELO where there is no sender (RFC 9989 §4.4.2)
 * @param dkim those of signatures that hold, the first {@value #SIGNERS}
 * @param unsureSpf the sender's, where the DNS did not answer
 * @param unsureDkim those of signatures for which it did not
 */
record Proven(
    Optional<String> spf, List<String> dkim, Optional<String> unsureSpf, List<String> unsureDkim) {

  /** Signing domains that are looked at. */
  static final int SIGNERS = 8;

  Proven {
    dkim = List.copyOf(dkim);
    unsureDkim = List.copyOf(unsureDkim);
  }

  static Proven of(Mail mail, List<MethodResult> results) {
    String identity = mail.sender().isNull() ? "helo" : "mailfrom";
    return new Proven(
        domains(results, "spf", "pass", "smtp", identity).findFirst(),
        domains(results, "dkim", "pass", "header", "d").distinct().limit(SIGNERS).toList(),
        domains(results, "spf", "temperror", "smtp", identity).findFirst(),
        domains(results, "dkim", "temperror", "header", "d").distinct().limit(SIGNERS).toList());
  }

  /** Whether somebody stands behind the mail, be it the author or not. */
  boolean isByKnown() {
    return spf.isPresent() || !dkim.isEmpty();
  }

  private static Stream<String> domains(
      List<MethodResult> results, String method, String result, String ptype, String property) {
    return results.stream()
        .filter(each -> each.is(method, result))
        .flatMap(each -> each.value(ptype, property).stream())
        .flatMap(value -> domain(value).stream());
  }

  private static Optional<String> domain(String value) {
    try {
      String name = Domains.normalise(value.substring(value.lastIndexOf('@') + 1));
      return name.startsWith("[") ? Optional.empty() : Optional.of(name);
    } catch (IllegalArgumentException _) {
      // Proves nothing.
      return Optional.empty();
    }
  }
}
