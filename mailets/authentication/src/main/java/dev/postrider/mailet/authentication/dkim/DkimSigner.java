package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Signs messages: relaxed/relaxed, no {@code l=}, {@code t=} always. The body is read once, however
 * many keys sign. Thread: any.
 */
public final class DkimSigner {

  private static final Canonicalization FORM = Canonicalization.RELAXED;

  private final InstantSource clock;
  private final SigningRules rules;

  /** By these rules. */
  public DkimSigner(InstantSource clock, SigningRules rules) {
    this.clock = clock;
    this.rules = rules;
  }

  /**
   * A field {@code DKIM-Signature} for each key, in the order of the keys.
   *
   * @throws IOException when the body can't be read
   * @throws IllegalStateException when a key can't sign by its algorithm
   */
  public List<HeaderField> sign(Message message, List<SigningKey> keys) throws IOException {
    List<BodyHashes.Demand> demands = keys.stream().map(DkimSigner::demand).toList();
    BodyHashes hashes = BodyHashes.of(message, demands);
    SignedFields fields = new SignedFields(message.headers());
    List<String> names = rules.names(message.headers());
    Instant now = clock.instant();
    List<HeaderField> out = new ArrayList<>();
    for (SigningKey key : keys) {
      byte[] hash = hashes.get(demand(key)).orElseThrow();
      out.add(field(key, names, hash, fields, now));
    }
    return out;
  }

  private HeaderField field(
      SigningKey key, List<String> names, byte[] hash, SignedFields fields, Instant now) {
    SignatureText text =
        new SignatureText(DkimSignature.FIELD)
            .tag("v", "1")
            .tag("a", key.algorithm().tag())
            .tag("c", FORM.word() + "/" + FORM.word())
            .tag("d", key.domain())
            .tag("s", key.selector())
            .tag("t", Long.toString(now.getEpochSecond()));
    rules
        .validFor()
        .ifPresent(time -> text.tag("x", Long.toString(now.plus(time).getEpochSecond())));
    text.names("h", names).octets("bh", hash).signature();
    try {
      return text.signed(key.algorithm(), key.key(), fields.octets(names, FORM, text.unsigned()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key " + key + " can't sign", e);
    }
  }

  private static BodyHashes.Demand demand(SigningKey key) {
    return new BodyHashes.Demand(FORM, key.algorithm(), OptionalLong.empty());
  }
}
