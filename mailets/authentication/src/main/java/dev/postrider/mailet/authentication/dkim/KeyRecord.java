package dev.postrider.mailet.authentication.dkim;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A key as the DNS publishes it (RFC 6376 §3.6.1, RFC 8463 §4).
 *
 * @param type {@code k=}
 * @param key {@code p=}
 * @param hashes {@code h=}; empty for any
 * @param strict whether {@code t=s} forbids identities below the domain
 * @param testing whether {@code t=y} says that the domain is trying it out
 */
public record KeyRecord(
    String type, PublicKey key, Set<String> hashes, boolean strict, boolean testing) {

  private static final int MAX_LIST = 20;

  /** Reads a record. */
  public static Read<KeyRecord> read(String text) {
    Optional<TagList> read = TagList.parse(text);
    if (read.isEmpty()) {
      return faulty("the key record can't be read");
    }
    TagList tags = read.get();
    Optional<String> version = tags.get("v");
    boolean first = tags.firstName().filter("v"::equals).isPresent();
    if (version.isPresent() && !(first && version.get().equals("DKIM1"))) {
      return faulty("the version of the key record is not known");
    }
    Optional<String> p = tags.compact("p");
    if (p.isEmpty()) {
      return faulty("the key record has no key");
    }
    if (p.get().isEmpty()) {
      return faulty("the key was revoked");
    }
    Set<String> services = set(tags, "s");
    if (!services.isEmpty() && !services.contains("*") && !services.contains("email")) {
      return faulty("the key is not for mail");
    }
    return read(tags, p.get());
  }

  /** Why it can't be the key of a signature, if it can't. */
  public Optional<Fault> unfitFor(SignatureAlgorithm algorithm, VerifyPolicy policy) {
    if (!type.equals(algorithm.keyType())) {
      return Optional.of(Fault.permanent("the key is of another type"));
    }
    if (!hashes.isEmpty() && !hashes.contains(algorithm.hash())) {
      return Optional.of(Fault.permanent("the key is not for this hash"));
    }
    int bits = bits();
    if (key instanceof RSAPublicKey && (bits < policy.minRsaBits() || bits > policy.maxRsaBits())) {
      return Optional.of(new Fault(Verdict.POLICY, "the key has " + bits + " bits"));
    }
    return Optional.empty();
  }

  /** The size of the key. */
  public int bits() {
    return key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 256;
  }

  private static Read<KeyRecord> read(TagList tags, String p) {
    String type = tags.get("k").orElse("rsa");
    if (!type.equals("rsa") && !type.equals("ed25519")) {
      return faulty("the type of the key is not known");
    }
    byte[] octets;
    try {
      octets = Base64.getDecoder().decode(p);
    } catch (IllegalArgumentException e) {
      return faulty("the key is not base64");
    }
    Optional<PublicKey> key =
        type.equals("rsa") ? PublicKeys.rsa(octets) : PublicKeys.ed25519(octets);
    if (key.isEmpty()) {
      return faulty("the key can't be read");
    }
    Set<String> flags = set(tags, "t");
    return new Read.Sound<>(
        new KeyRecord(type, key.get(), set(tags, "h"), flags.contains("s"), flags.contains("y")));
  }

  private static Set<String> set(TagList tags, String name) {
    return tags.compact(name)
        .filter(text -> !text.isEmpty())
        .map(text -> Set.copyOf(List.of(text.split(":", MAX_LIST))))
        .orElse(Set.of());
  }

  private static Read<KeyRecord> faulty(String reason) {
    return new Read.Faulty<>(Fault.permanent(reason));
  }
}
