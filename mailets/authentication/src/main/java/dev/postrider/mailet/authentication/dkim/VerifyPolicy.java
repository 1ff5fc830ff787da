package dev.postrider.mailet.authentication.dkim;

import java.time.Duration;

/**
 * What is taken of others, and how much work they may cause.
 *
 * @param minRsaBits RSA keys with fewer bits prove nothing (RFC 8301 §3.2)
 * @param maxRsaBits RSA keys with more bits are not computed with
 * @param historic whether SHA-1 and the drafts before RFC 4871 ({@code v=} missing or {@code 0.5})
 *     are taken, as when looking at old mail
 * @param maxSignatures how many signatures are looked at, from the top of the header on
 * @param maxSignedFields how many names {@code h=} may have
 * @param skew how far the clocks of others may be off
 * @param patience how long may have passed when another key is asked for
 */
public record VerifyPolicy(
    int minRsaBits,
    int maxRsaBits,
    boolean historic,
    int maxSignatures,
    int maxSignedFields,
    Duration skew,
    Duration patience) {

  /** As the standards say, with limits that no honest mail meets. */
  public static final VerifyPolicy STANDARD =
      new VerifyPolicy(1024, 8192, false, 10, 256, Duration.ofHours(1), Duration.ofSeconds(5));

  /** For signatures of the years before the standards. */
  static final VerifyPolicy HISTORIC =
      new VerifyPolicy(512, 8192, true, 10, 256, Duration.ofHours(1), Duration.ofSeconds(5));

  /** The same with another number of signatures. */
  public VerifyPolicy withMaxSignatures(int others) {
    return new VerifyPolicy(
        minRsaBits, maxRsaBits, historic, others, maxSignedFields, skew, patience);
  }

  /** The same with other bounds of RSA keys. */
  public VerifyPolicy withRsaBits(int min, int max) {
    return new VerifyPolicy(min, max, historic, maxSignatures, maxSignedFields, skew, patience);
  }
}
