package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.Domains;
import dev.postrider.plugin.HeaderField;
import java.time.Instant;
import java.util.Optional;

/**
 * What a field {@code DKIM-Signature} says (RFC 6376 §3.5).
 *
 * @param message what it has in common with other signatures
 * @param identity {@code i=} decoded, {@code @} and the domain where it is missing
 */
public record DkimSignature(MessageSignature message, String identity) {

  /** The name of its field. */
  public static final String FIELD = "DKIM-Signature";

  /** Reads a field and checks all that can be told from it alone and the clock. */
  public static Read<DkimSignature> read(HeaderField field, VerifyPolicy policy, Instant now) {
    SignatureTags tags = new SignatureTags(field);
    checkVersion(tags, policy);
    MessageSignature message =
        MessageSignature.read(field, tags, policy.maxSignedFields(), "simple/simple");
    if (message.names().stream().anyMatch(String::isEmpty)) {
      tags.note(Verdict.NEUTRAL, "h= can't be read");
    }
    if (!message.coversFrom()) {
      tags.note(Verdict.PERMERROR, "From is not signed");
    }
    if (message.algorithm() == SignatureAlgorithm.RSA_SHA1 && !policy.historic()) {
      tags.note(Verdict.PERMERROR, "rsa-sha1 proves nothing any more");
    }
    checkTimes(tags, message, policy, now);
    String identity = identity(tags, message.domain());
    Optional<Fault> fault = tags.fault();
    return fault.isPresent()
        ? new Read.Faulty<>(fault.get())
        : new Read.Sound<>(new DkimSignature(message, identity));
  }

  /** The domain of the identity: that of the signature or one below. */
  String identityDomain() {
    return identity.substring(identity.lastIndexOf('@') + 1);
  }

  private static void checkVersion(SignatureTags tags, VerifyPolicy policy) {
    Optional<String> version = tags.get("v");
    if (version.isEmpty() && !policy.historic()) {
      tags.note(Verdict.PERMERROR, "the signature has no v=");
    } else if (version.isPresent()
        && !version.get().equals("1")
        && !(policy.historic() && version.get().equals("0.5"))) {
      tags.note(Verdict.NEUTRAL, "the version is not known");
    }
  }

  private static void checkTimes(
      SignatureTags tags, MessageSignature message, VerifyPolicy policy, Instant now) {
    message
        .expires()
        .ifPresent(
            expires -> {
              if (message.created().filter(created -> !expires.isAfter(created)).isPresent()) {
                tags.note(Verdict.NEUTRAL, "x= is not after t=");
              }
              if (expires.plus(policy.skew()).isBefore(now)) {
                tags.note(Verdict.PERMERROR, "the signature has expired");
              }
            });
    message
        .created()
        .filter(created -> created.isAfter(now.plus(policy.skew())))
        .ifPresent(_ -> tags.note(Verdict.POLICY, "the signature is of the future"));
  }

  private static String identity(SignatureTags tags, String domain) {
    Optional<String> text = tags.get("i").map(TagList::withoutSpace);
    if (text.isEmpty()) {
      return "@" + domain;
    }
    String decoded = SignatureTags.utf8(unquoted(text.get()));
    int at = decoded.lastIndexOf('@');
    try {
      String below = Domains.normalise(decoded.substring(at + 1));
      if (at < 0 || !(below.equals(domain) || below.endsWith("." + domain))) {
        tags.note(Verdict.PERMERROR, "i= is not below d=");
      }
      return decoded.substring(0, Math.max(at, 0)) + "@" + below;
    } catch (IllegalArgumentException e) {
      tags.note(Verdict.NEUTRAL, "i= is not an identity");
      return "@" + domain;
    }
  }

  // RFC 6376 §2.11; what is no escape stays as it is.
  private static String unquoted(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '=' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (low >= 0) {
        out.append((char) (high * 16 + low));
        i += 2;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
