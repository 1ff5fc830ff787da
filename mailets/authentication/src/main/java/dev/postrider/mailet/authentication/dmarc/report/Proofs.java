package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.mailet.authentication.results.MethodResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a report tells of SPF and DKIM, from the results they left (RFC 9990 §3.1.1.11). */
final class Proofs {

  private static final int SIGNATURES = 20;

  private Proofs() {}

  /**
   * The signatures, those first that tell the domain most (§3.1.3) and {@value #SIGNATURES} at
   * most, then the sender, once. The name in HELO counts where there is no sender (§3.1.1.13).
   *
   * @param author the author's domain
   * @param policy the domain whose policy it is
   * @param noSender whether the sender is the null sender
   */
  static List<Row.Proof> of(
      List<MethodResult> results, String author, String policy, boolean noSender) {
    Stream<Row.Proof> signatures =
        results.stream()
            .filter(each -> each.isOf("dkim"))
            .flatMap(each -> signature(each).stream())
            .sorted(Comparator.comparingInt(each -> rank(each, author, policy)))
            .limit(SIGNATURES);
    Stream<Row.Proof> sender =
        results.stream()
            .filter(each -> each.isOf("spf"))
            .flatMap(each -> sender(each, noSender ? "helo" : "mailfrom").stream())
            .limit(1);
    return Stream.concat(signatures, sender).toList();
  }

  // Without a selector nobody can find the key that it is about.
  private static Optional<Row.Proof> signature(MethodResult result) {
    return result
        .value("header", "s")
        .filter(selector -> !selector.isEmpty())
        .flatMap(
            selector ->
                result
                    .value("header", "d")
                    .map(domain -> new Row.Proof("dkim", domain, selector, result.result())));
  }

  private static Optional<Row.Proof> sender(MethodResult result, String property) {
    return result
        .value("smtp", property)
        .map(value -> value.substring(value.lastIndexOf('@') + 1))
        .map(domain -> new Row.Proof("spf", domain, "mfrom", result.result()));
  }

  // Below the policy's domain is close enough to the organization to sort by.
  private static int rank(Row.Proof proof, String author, String policy) {
    if (!proof.result().equals("pass")) {
      return 3;
    }
    String domain = proof.domain();
    if (domain.equalsIgnoreCase(author)) {
      return 0;
    }
    return domain.equals(policy) || domain.endsWith("." + policy) ? 1 : 2;
  }
}
