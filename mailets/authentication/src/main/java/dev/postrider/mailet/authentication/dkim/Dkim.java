package dev.postrider.mailet.authentication.dkim;

import dev.postrider.mailet.authentication.lookup.Lookups;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.service.Dns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;

/** Checks the DKIM signatures of a mail and leaves a result for each of them. */
@Doc(
    "Checks the DKIM signatures of the mail (RFC 6376) and leaves a result for each: dkim=pass,"
        + " fail, policy, … with domain, identity and selector. Nothing is refused here.")
@Does(Action.SET_ANY_ATTRIBUTE)
public final class Dkim implements Mailet {

  private static final String METHOD = "dkim";

  private final Dns dns;
  private final InstantSource clock;
  private final VerifyPolicy policy;

  /** Checks with keys from the DNS. */
  public Dkim(
      Dns dns,
      InstantSource clock,
      @Param(
              name = "maxSignatures",
              doc = "How many signatures are looked at, from the top of the header on.",
              defaultValue = "10")
          int maxSignatures,
      @Param(
              name = "minRsaBits",
              doc = "Signatures of RSA keys with fewer bits count for nothing (RFC 8301).",
              unit = "bits",
              defaultValue = "1024")
          int minRsaBits) {
    if (maxSignatures < 1 || maxSignatures > 50) {
      throw new IllegalArgumentException("maxSignatures is 1 to 50, not " + maxSignatures);
    }
    if (minRsaBits < 1024 || minRsaBits > 8192) {
      throw new IllegalArgumentException("minRsaBits is 1024 to 8192, not " + minRsaBits);
    }
    this.dns = dns;
    this.clock = clock;
    this.policy =
        VerifyPolicy.STANDARD
            .withMaxSignatures(maxSignatures)
            .withRsaBits(minRsaBits, VerifyPolicy.STANDARD.maxRsaBits());
  }

  @Override
  public Outcome process(Mail mail) {
    Lookups lookups = Lookups.of(dns, clock, mail);
    try {
      List<SignatureResult> results =
          new DkimVerifier(lookups, clock, policy).verify(mail.message());
      Mail noted = lookups.noted(mail);
      return Outcome.next(
          results.isEmpty()
              ? Verdicts.add(noted, MethodResult.of(METHOD, "none"))
              : Verdicts.add(noted, results.stream().map(Dkim::told).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException("the message can't be read", e);
    }
  }

  // RFC 6376 §3.6.1, t=y: a key being tried out makes no mail worse than it is without a signature.
  private static Verdict verdict(SignatureResult result) {
    return result.testing() && result.verdict() == Verdict.FAIL
        ? Verdict.NEUTRAL
        : result.verdict();
  }

  private static MethodResult told(SignatureResult result) {
    MethodResult out = MethodResult.of(METHOD, verdict(result).word());
    if (!result.reason().isEmpty()) {
      out = out.withReason(result.reason());
    }
    if (result.keyBits().isPresent()) {
      String key = result.keyBits().getAsInt() + "-bit key";
      out = out.withComment(result.testing() ? key + ", being tried out" : key);
    }
    if (result.claim().isPresent()) {
      SignatureResult.Claim claim = result.claim().get();
      out =
          out.with("header", "d", claim.domain())
              .with("header", "i", claim.identity())
              .with("header", "s", claim.selector())
              .with("header", "a", claim.algorithm())
              .with("header", "b", claim.start());
    }
    return out;
  }
}
