package dev.postrider.mailet.authentication.arc;

import dev.postrider.mailet.authentication.dkim.BodyHashes;
import dev.postrider.mailet.authentication.dkim.Fault;
import dev.postrider.mailet.authentication.dkim.KeyLookup;
import dev.postrider.mailet.authentication.dkim.KeyRecord;
import dev.postrider.mailet.authentication.dkim.MessageSignature;
import dev.postrider.mailet.authentication.dkim.Read;
import dev.postrider.mailet.authentication.dkim.SignatureAlgorithm;
import dev.postrider.mailet.authentication.dkim.SignedFields;
import dev.postrider.mailet.authentication.dkim.VerifyPolicy;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.service.Dns;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says whether the chain of a message holds (RFC 8617 §5.2).
 *
 * <p>The body is read at most once and never kept. Thread: any; blocks for the DNS. Time: at most
 * 50 sets; the newest is checked first and the first that fails ends it, so that only who has a key
 * for each set can cause work for each.
 */
public final class ChainVerifier {

  private final Dns dns;
  private final InstantSource clock;
  private final VerifyPolicy policy;

  /** With these services. */
  public ChainVerifier(Dns dns, InstantSource clock, VerifyPolicy policy) {
    this.dns = dns;
    this.clock = clock;
    this.policy = policy;
  }

  /**
   * What the chain comes to.
   *
   * @throws IOException when the body can't be read
   */
  public ChainResult verify(Message message) throws IOException {
    return switch (Chain.read(message.headers())) {
      case Read.Faulty<Chain>(Fault fault) -> ChainResult.fail(fault.reason());
      case Read.Sound<Chain>(Chain chain) ->
          chain.sets().isEmpty()
              ? new ChainResult(ChainStatus.NONE, "", List.of(), 0)
              : verify(message, chain.sets());
    };
  }

  private ChainResult verify(Message message, List<ArcSet> sets) throws IOException {
    KeyLookup keys = new KeyLookup(dns, clock, policy);
    BodyHashes hashes = BodyHashes.of(message, demands(sets));
    SignedFields fields = new SignedFields(message.headers());
    Optional<String> newest = check(sets.getLast().message(), keys, hashes, fields);
    if (newest.isPresent()) {
      return ChainResult.fail("message signature " + sets.size() + ": " + newest.get());
    }
    SealedText sealed = new SealedText(sets);
    for (ArcSet set : sets.reversed()) {
      Seal seal = set.seal();
      byte[] octets = sealed.octets(set.instance(), seal.unsigned());
      Optional<String> broken =
          check(keys, seal.domain(), seal.selector(), seal.algorithm(), octets, seal.signature());
      if (broken.isPresent()) {
        return ChainResult.fail("seal " + set.instance() + ": " + broken.get());
      }
    }
    return new ChainResult(
        ChainStatus.PASS,
        "",
        sets.stream().map(set -> set.seal().domain()).toList(),
        oldestPass(sets, keys, hashes, fields));
  }

  private static List<BodyHashes.Demand> demands(List<ArcSet> sets) {
    List<BodyHashes.Demand> out = new ArrayList<>();
    for (ArcSet set : sets) {
      if (set.message() instanceof Read.Sound<MessageSignature>(MessageSignature signature)) {
        out.add(signature.demand());
      }
    }
    return out;
  }

  private int oldestPass(
      List<ArcSet> sets, KeyLookup keys, BodyHashes hashes, SignedFields fields) {
    for (int i = sets.size() - 2; i >= 0; i--) {
      if (check(sets.get(i).message(), keys, hashes, fields).isPresent()) {
        return i + 2;
      }
    }
    return 0;
  }

  /** What is wrong with a message signature, if anything. */
  private Optional<String> check(
      Read<MessageSignature> message, KeyLookup keys, BodyHashes hashes, SignedFields fields) {
    return switch (message) {
      case Read.Faulty<MessageSignature>(Fault fault) -> Optional.of(fault.reason());
      case Read.Sound<MessageSignature>(MessageSignature signature) ->
          check(signature, keys, hashes, fields);
    };
  }

  private Optional<String> check(
      MessageSignature signature, KeyLookup keys, BodyHashes hashes, SignedFields fields) {
    Optional<byte[]> hash = hashes.get(signature.demand());
    if (hash.isEmpty() || !MessageDigest.isEqual(hash.get(), signature.bodyHash())) {
      return Optional.of("the body was changed");
    }
    if (hashes.size(signature.demand()) > signature.length().orElse(Long.MAX_VALUE)) {
      return Optional.of("a part of the body is not signed");
    }
    byte[] octets =
        fields.octets(
            signature.names(), signature.headerForm(), signature.field(), signature.unsigned());
    return check(
        keys,
        signature.domain(),
        signature.selector(),
        signature.algorithm(),
        octets,
        signature.signature());
  }

  private Optional<String> check(
      KeyLookup keys,
      String domain,
      String selector,
      SignatureAlgorithm algorithm,
      byte[] octets,
      byte[] signature) {
    return switch (keys.find(domain, selector)) {
      case Read.Faulty<KeyRecord>(Fault fault) -> Optional.of(fault.reason());
      case Read.Sound<KeyRecord>(KeyRecord key) -> {
        Optional<Fault> unfit = key.unfitFor(algorithm, policy);
        if (unfit.isPresent()) {
          yield Optional.of(unfit.get().reason());
        }
        yield algorithm.verifies(key.key(), octets, signature)
            ? Optional.empty()
            : Optional.of("the header was changed");
      }
    };
  }
}
