package dev.postrider.mailet.authentication.arc;

import dev.postrider.mailet.authentication.dkim.BodyHashes;
import dev.postrider.mailet.authentication.dkim.Canonicalization;
import dev.postrider.mailet.authentication.dkim.Read;
import dev.postrider.mailet.authentication.dkim.SignatureTags;
import dev.postrider.mailet.authentication.dkim.SignatureText;
import dev.postrider.mailet.authentication.dkim.SignedFields;
import dev.postrider.mailet.authentication.dkim.SigningKey;
import dev.postrider.mailet.authentication.dkim.SigningRules;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.ResultsField;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/** Adds a set to the chain of a message that is handed on (RFC 8617 §5.1). Thread: any. */
public final class Sealer {

  private static final Canonicalization FORM = Canonicalization.RELAXED;

  private final InstantSource clock;
  private final SigningRules rules;

  /** Which fields the message signature covers is said by the rules; what expires is not. */
  public Sealer(InstantSource clock, SigningRules rules) {
    this.clock = clock;
    this.rules = rules;
  }

  /**
   * The fields of the new set in the order in which they stand on top of the header: seal, message
   * signature, results. None where the chain was said to be broken before, or is full.
   *
   * @param status what the chain of the message comes to
   * @param authservId who checked
   * @param results what the checks found
   * @throws IOException when the body can't be read
   * @throws IllegalStateException when the key can't sign by its algorithm
   */
  public List<HeaderField> seal(
      Message message,
      ChainStatus status,
      String authservId,
      List<MethodResult> results,
      SigningKey key)
      throws IOException {
    List<HeaderField> parts = message.headers().fields().stream().filter(Chain::isPart).toList();
    int instance = newest(parts) + 1;
    if (instance > Chain.MAX_SETS || wasBroken(parts)) {
      return List.of();
    }
    String found = new ResultsField(authservId, results).toString();
    HeaderField told = HeaderField.of(ArcSet.RESULTS, "i=" + instance + "; " + found);
    HeaderField signature = signature(message, instance, key);
    return List.of(seal(message, instance, status, told, signature, key), signature, told);
  }

  /** The seal over the sets that are there, unless they are broken, and the new one. */
  HeaderField seal(
      Message message,
      int instance,
      ChainStatus status,
      HeaderField told,
      HeaderField signature,
      SigningKey key) {
    SealedText before = new SealedText(status == ChainStatus.PASS ? sets(message) : List.of());
    SignatureText text =
        new SignatureText(Seal.FIELD)
            .tag("a", key.algorithm().tag())
            .signature()
            .tag("cv", status.word())
            .tag("d", key.domain())
            .tag("i", Integer.toString(instance))
            .tag("s", key.selector())
            .tag("t", now());
    return signed(text, before.octets(told, signature, text.unsigned()), key);
  }

  private HeaderField signature(Message message, int instance, SigningKey key) throws IOException {
    BodyHashes.Demand demand = new BodyHashes.Demand(FORM, key.algorithm(), OptionalLong.empty());
    byte[] hash = BodyHashes.of(message, List.of(demand)).get(demand).orElseThrow();
    List<String> names = rules.names(message.headers());
    SignatureText text =
        new SignatureText(ArcSet.MESSAGE)
            .tag("a", key.algorithm().tag())
            .signature()
            .octets("bh", hash)
            .tag("c", FORM.word() + "/" + FORM.word())
            .tag("d", key.domain())
            .names("h", names)
            .tag("i", Integer.toString(instance))
            .tag("s", key.selector())
            .tag("t", now());
    SignedFields fields = new SignedFields(message.headers());
    return signed(text, fields.octets(names, FORM, text.unsigned()), key);
  }

  private static HeaderField signed(SignatureText text, byte[] octets, SigningKey key) {
    try {
      return text.signed(key.algorithm(), key.key(), octets);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key " + key + " can't sign", e);
    }
  }

  private String now() {
    return Long.toString(clock.instant().getEpochSecond());
  }

  private static List<ArcSet> sets(Message message) {
    return Chain.read(message.headers()) instanceof Read.Sound<Chain>(Chain chain)
        ? chain.sets()
        : List.of();
  }

  private static int newest(List<HeaderField> parts) {
    return parts.stream().mapToInt(part -> Chain.instance(part).orElse(0)).max().orElse(0);
  }

  private static boolean wasBroken(List<HeaderField> parts) {
    return parts.stream()
        .filter(part -> part.is(Seal.FIELD))
        .anyMatch(seal -> new SignatureTags(seal).get("cv").filter("fail"::equals).isPresent());
  }
}
