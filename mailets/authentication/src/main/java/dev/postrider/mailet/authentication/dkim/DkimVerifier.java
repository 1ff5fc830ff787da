package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.service.Dns;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Says which signatures of a message hold (RFC 6376 §6.1).
 *
 * <p>The body is read at most once and never kept. Thread: any; blocks for the DNS. Time: at most
 * as many lookups as signatures are looked at.
 */
public final class DkimVerifier {

  // As many characters of b= as tell signatures apart (RFC 6008).
  private static final int START = 8;

  private final Dns dns;
  private final InstantSource clock;
  private final VerifyPolicy policy;

  /** With these services. */
  public DkimVerifier(Dns dns, InstantSource clock, VerifyPolicy policy) {
    this.dns = dns;
    this.clock = clock;
    this.policy = policy;
  }

  /** A signature with the key to check it with, or with what came of it already. */
  private sealed interface Candidate {
    record Settled(SignatureResult result) implements Candidate {}

    record Open(DkimSignature signature, KeyRecord key) implements Candidate {}
  }

  /**
   * One result for each signature from the top on; those beyond the limit share the last one.
   *
   * @throws IOException when the body can't be read
   */
  public List<SignatureResult> verify(Message message) throws IOException {
    List<HeaderField> fields = message.headers().all(DkimSignature.FIELD).toList();
    KeyLookup keys = new KeyLookup(dns, clock, policy);
    Instant now = clock.instant();
    List<Candidate> candidates =
        fields.stream().limit(policy.maxSignatures()).map(f -> candidate(f, keys, now)).toList();
    List<BodyHashes.Demand> demands = new ArrayList<>();
    for (Candidate each : candidates) {
      if (each instanceof Candidate.Open(DkimSignature signature, KeyRecord _)) {
        demands.add(signature.message().demand());
      }
    }
    BodyHashes hashes = BodyHashes.of(message, demands);
    SignedFields signed = new SignedFields(message.headers());
    List<SignatureResult> results = new ArrayList<>();
    for (Candidate each : candidates) {
      results.add(
          switch (each) {
            case Candidate.Settled(SignatureResult result) -> result;
            case Candidate.Open(DkimSignature signature, KeyRecord key) ->
                result(signature, key, check(signature, key, hashes, signed));
          });
    }
    if (fields.size() > results.size()) {
      String reason = fields.size() - results.size() + " more signatures were not looked at";
      results.add(SignatureResult.unread(new Fault(Verdict.POLICY, reason), Optional.empty()));
    }
    return results;
  }

  private Candidate candidate(HeaderField field, KeyLookup keys, Instant now) {
    return switch (DkimSignature.read(field, policy, now)) {
      case Read.Faulty<DkimSignature>(Fault fault) ->
          new Candidate.Settled(SignatureResult.unread(fault, claim(field)));
      case Read.Sound<DkimSignature>(DkimSignature signature) -> withKey(signature, keys);
    };
  }

  private Candidate withKey(DkimSignature signature, KeyLookup keys) {
    MessageSignature message = signature.message();
    return switch (keys.find(message.domain(), message.selector())) {
      case Read.Faulty<KeyRecord>(Fault fault) ->
          new Candidate.Settled(settled(signature, fault, OptionalInt.empty(), false));
      case Read.Sound<KeyRecord>(KeyRecord key) -> {
        Optional<Fault> unfit = key.unfitFor(message.algorithm(), policy);
        if (unfit.isEmpty()
            && key.strict()
            && !signature.identityDomain().equals(message.domain())) {
          unfit = Optional.of(Fault.permanent("the key is not for identities below the domain"));
        }
        yield unfit.isPresent()
            ? new Candidate.Settled(result(signature, key, unfit))
            : new Candidate.Open(signature, key);
      }
    };
  }

  /** What is wrong with it, if anything. */
  private static Optional<Fault> check(
      DkimSignature signature, KeyRecord key, BodyHashes hashes, SignedFields signed) {
    MessageSignature message = signature.message();
    Optional<byte[]> hash = hashes.get(message.demand());
    if (hash.isEmpty()) {
      return Optional.of(new Fault(Verdict.FAIL, "the body is shorter than what was signed"));
    }
    if (!MessageDigest.isEqual(hash.get(), message.bodyHash())) {
      return Optional.of(new Fault(Verdict.FAIL, "the body was changed"));
    }
    byte[] octets =
        signed.octets(message.names(), message.headerForm(), message.field(), message.unsigned());
    if (!message.algorithm().verifies(key.key(), octets, message.signature())) {
      return Optional.of(new Fault(Verdict.FAIL, "the header was changed"));
    }
    long beyond = hashes.size(message.demand()) - message.length().orElse(Long.MAX_VALUE);
    return beyond > 0
        ? Optional.of(new Fault(Verdict.POLICY, beyond + " octets of the body are not signed"))
        : Optional.empty();
  }

  /** What a signature that is of no use says of itself, as far as it can be read. */
  private static Optional<SignatureResult.Claim> claim(HeaderField field) {
    SignatureTags tags = new SignatureTags(field);
    String domain = tags.domain("d");
    String b = tags.get("b").map(TagList::withoutSpace).orElse("");
    return domain.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SignatureResult.Claim(
                domain,
                "@" + domain,
                tags.domain("s"),
                tags.get("a").orElse(""),
                b.substring(0, Math.min(b.length(), START))));
  }

  private static SignatureResult result(
      DkimSignature signature, KeyRecord key, Optional<Fault> fault) {
    Fault outcome = fault.orElseGet(() -> new Fault(Verdict.PASS, ""));
    return settled(signature, outcome, OptionalInt.of(key.bits()), key.testing());
  }

  private static SignatureResult settled(
      DkimSignature signature, Fault outcome, OptionalInt bits, boolean testing) {
    MessageSignature message = signature.message();
    String b = Base64.getEncoder().encodeToString(message.signature());
    SignatureResult.Claim claim =
        new SignatureResult.Claim(
            message.domain(),
            signature.identity(),
            message.selector(),
            message.algorithm().tag(),
            b.substring(0, Math.min(b.length(), START)));
    return new SignatureResult(
        outcome.verdict(), outcome.reason(), Optional.of(claim), bits, testing);
  }
}
