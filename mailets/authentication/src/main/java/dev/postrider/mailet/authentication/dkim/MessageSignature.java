package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.HeaderField;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A signature over header and body, as {@code DKIM-Signature} (RFC 6376 §3.5) and {@code
 * ARC-Message-Signature} (RFC 8617 §4.1.2) have it. The arrays are not to be changed.
 *
 * @param field where it stands
 * @param unsigned the raw field with the value of {@code b=} cut out
 * @param algorithm {@code a=}
 * @param signature {@code b=}
 * @param bodyHash {@code bh=}
 * @param headerForm the first part of {@code c=}
 * @param bodyForm the second part of {@code c=}
 * @param domain {@code d=}, as domains are compared
 * @param selector {@code s=}
 * @param names {@code h=}
 * @param length {@code l=}
 * @param created {@code t=}
 * @param expires {@code x=}
 */
@SuppressWarnings("ArrayRecordComponent")
public record MessageSignature(
    HeaderField field,
    String unsigned,
    SignatureAlgorithm algorithm,
    byte[] signature,
    byte[] bodyHash,
    Canonicalization headerForm,
    Canonicalization bodyForm,
    String domain,
    String selector,
    List<String> names,
    OptionalLong length,
    Optional<Instant> created,
    Optional<Instant> expires) {

  /**
   * Reads what both kinds have; faults are noted in the tags.
   *
   * @param maxNames how many names {@code h=} may have
   * @param form the {@code c=} that is meant where there is none
   */
  public static MessageSignature read(
      HeaderField field, SignatureTags tags, int maxNames, String form) {
    SignatureAlgorithm algorithm = tags.algorithm();
    List<Canonicalization> forms = tags.forms(form);
    MessageSignature read =
        new MessageSignature(
            field,
            tags.unsigned(),
            algorithm,
            tags.octets("b"),
            tags.octets("bh"),
            forms.getFirst(),
            forms.getLast(),
            tags.domain("d"),
            tags.domain("s"),
            tags.names(maxNames),
            tags.number("l"),
            tags.time("t"),
            tags.time("x"));
    checkQuery(tags);
    return read;
  }

  /** The hash of the body that it asks for. */
  public BodyHashes.Demand demand() {
    return new BodyHashes.Demand(bodyForm, algorithm, length);
  }

  /** Whether it covers the author, as it has to (RFC 6376 §5.4). */
  public boolean coversFrom() {
    return names.stream().anyMatch(name -> name.equalsIgnoreCase("From"));
  }

  private static void checkQuery(SignatureTags tags) {
    String methods = tags.get("q").map(TagList::withoutSpace).orElse("dns/txt");
    if (Arrays.stream(methods.split(":", 20))
        .noneMatch(q -> q.equals("dns/txt") || q.equals("dns"))) {
      tags.note(Verdict.NEUTRAL, "the way to the key is not known");
    }
  }
}
