package dev.postrider.protocol.smtp.server;

/**
 * How a listener presents itself.
 *
 * @param hostname our name in greeting and replies, A-labels
 * @param postmasterDomain the domain of {@code <postmaster>} without one (RFC 5321 §4.5.1)
 * @param listener its name, for the kernel: {@code smtp}, {@code submission}, …
 * @param profile what it is for
 * @param offersStartTls whether STARTTLS can be done
 * @param limits what a session may use up
 * @param manners what becomes of peers that don't wait for their turn
 */
public record SmtpSettings(
    String hostname,
    String postmasterDomain,
    String listener,
    SmtpProfile profile,
    boolean offersStartTls,
    SmtpLimits limits,
    Manners manners) {

  /** The same, with STARTTLS only if it was meant to be offered and can be. */
  SmtpSettings offering(boolean possible) {
    return new SmtpSettings(
        hostname, postmasterDomain, listener, profile, offersStartTls && possible, limits, manners);
  }

  boolean isLmtp() {
    return profile == SmtpProfile.LMTP;
  }
}
