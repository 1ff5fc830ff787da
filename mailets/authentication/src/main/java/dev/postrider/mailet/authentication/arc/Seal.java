package dev.postrider.mailet.authentication.arc;

import dev.postrider.mailet.authentication.dkim.SignatureAlgorithm;
import dev.postrider.mailet.authentication.dkim.SignatureTags;
import dev.postrider.mailet.authentication.dkim.Verdict;
import java.util.Optional;

/**
 * What a field {@code ARC-Seal} says (RFC 8617 §4.1.3). The array is not to be changed.
 *
 * @param unsigned the raw field with the value of {@code b=} cut out
 * @param algorithm {@code a=}
 * @param signature {@code b=}
 * @param domain {@code d=}
 * @param selector {@code s=}
 * @param before {@code cv=}
 */
@SuppressWarnings("ArrayRecordComponent")
record Seal(
    String unsigned,
    SignatureAlgorithm algorithm,
    byte[] signature,
    String domain,
    String selector,
    ChainStatus before) {

  /** The name of its field. */
  static final String FIELD = "ARC-Seal";

  /** Reads the tags of a field; faults are noted in them. */
  static Seal read(SignatureTags tags) {
    Optional<ChainStatus> before = ChainStatus.of(tags.required("cv"));
    if (before.isEmpty()) {
      tags.note(Verdict.NEUTRAL, "cv= is not known");
    }
    if (tags.get("h").isPresent()) {
      tags.note(Verdict.PERMERROR, "the seal has an h=");
    }
    tags.time("t");
    SignatureAlgorithm algorithm = tags.algorithm();
    if (algorithm == SignatureAlgorithm.RSA_SHA1) {
      tags.note(Verdict.PERMERROR, "rsa-sha1 proves nothing any more");
    }
    return new Seal(
        tags.unsigned(),
        algorithm,
        tags.octets("b"),
        tags.domain("d"),
        tags.domain("s"),
        before.orElse(ChainStatus.FAIL));
  }
}
