package dev.postrider.mailet.authentication.dmarc.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What mails that are counted together have in common (RFC 9990 §3.1.1). Texts hold no tab and no
 * line end.
 *
 * @param source the sending host's address
 * @param disposition {@code pass}, {@code none}, {@code quarantine} or {@code reject}
 * @param dkim {@code pass} where an aligned signature holds, else {@code fail}
 * @param spf the same for the sender
 * @param override why less was done than the policy says; empty where it was not
 * @param headerFrom the author's domain
 * @param envelopeFrom the sender's domain; empty for the null sender
 * @param proofs what was checked
 */
record Row(
    String source,
    String disposition,
    String dkim,
    String spf,
    String override,
    String headerFrom,
    String envelopeFrom,
    List<Proof> proofs) {

  private static final int FIELDS = 7;

  Row {
    proofs = List.copyOf(proofs);
  }

  /**
   * A result of DKIM or SPF.
   *
   * @param method {@code dkim} or {@code spf}
   * @param domain whose it is
   * @param detail the selector, or {@code mfrom}
   * @param result the result
   */
  record Proof(String method, String domain, String detail, String result) {}

  /** As text. */
  String write() {
    List<String> fields =
        new ArrayList<>(
            List.of(source, disposition, dkim, spf, override, headerFrom, envelopeFrom));
    proofs.forEach(
        each -> fields.addAll(List.of(each.method, each.domain, each.detail, each.result)));
    return String.join("\t", fields);
  }

  /** From that text; empty where it is none. */
  static Optional<Row> read(String text) {
    String[] all = text.split("\t", -1);
    if (all.length < FIELDS || (all.length - FIELDS) % 4 != 0) {
      return Optional.empty();
    }
    List<Proof> proofs = new ArrayList<>();
    for (int i = FIELDS; i < all.length; i += 4) {
      proofs.add(new Proof(all[i], all[i + 1], all[i + 2], all[i + 3]));
    }
    return Optional.of(new Row(all[0], all[1], all[2], all[3], all[4], all[5], all[6], proofs));
  }
}
