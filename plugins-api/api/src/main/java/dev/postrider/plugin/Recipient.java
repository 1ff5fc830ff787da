package dev.postrider.plugin;

import java.util.Optional;
import java.util.Set;

/**
 * One recipient of an envelope with its delivery status wishes (RFC 3461 §4).
 *
 * @param address where the mail shall go
 * @param notifyOn when to tell the sender; empty when the sender did not say (then: failure)
 * @param original the {@code ORCPT} value as sent, {@code type;xtext}, where given
 * @since 1.0
 */
public record Recipient(EmailAddress address, Set<Notify> notifyOn, Optional<String> original) {

  /**
   * The stand-in recipient of a mail before RCPT, in the session processors {@code connect} and
   * {@code sender}: matchers that answer for the whole mail work there too, matchers that look at
   * recipients don't match.
   */
  public static final Recipient ANYONE = of(new EmailAddress("anyone", "invalid"));

  /** Copies the set and checks that NEVER stands alone. */
  public Recipient {
    notifyOn = Set.copyOf(notifyOn);
    if (notifyOn.contains(Notify.NEVER) && notifyOn.size() > 1) {
      throw new IllegalArgumentException("NOTIFY=NEVER stands alone (RFC 3461 §4.1)");
    }
  }

  /** A recipient whose sender asked for nothing special. */
  public static Recipient of(EmailAddress address) {
    return new Recipient(address, Set.of(), Optional.empty());
  }

  /** The same wishes for another address; remembers nothing of the old one. */
  public Recipient withAddress(EmailAddress other) {
    return new Recipient(other, notifyOn, original);
  }

  /** Whether the sender wants a report of this kind; failure is the default (RFC 3461 §4.1). */
  public boolean wants(Notify kind) {
    return notifyOn.isEmpty() ? kind == Notify.FAILURE : notifyOn.contains(kind);
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
