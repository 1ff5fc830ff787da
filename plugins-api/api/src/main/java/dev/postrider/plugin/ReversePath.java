package dev.postrider.plugin;

import java.util.Optional;

/**
 * Whom to tell when delivery fails: an address, or the null path {@code <>} of bounces and
 * automatic replies (RFC 5321 §4.5.5).
 *
 * @param address empty for the null path
 * @since 1.0
 */
public record ReversePath(Optional<EmailAddress> address) {

  /** The null reverse path. */
  public static final ReversePath NULL = new ReversePath(Optional.empty());

  /** The path of an address. */
  public static ReversePath of(EmailAddress address) {
    return new ReversePath(Optional.of(address));
  }

  /**
   * Reads an address, or the empty string or {@code <>} for the null path.
   *
   * @throws IllegalArgumentException as {@link EmailAddress#parse}
   */
  public static ReversePath parse(String text) {
    return text.isEmpty() || text.equals("<>") ? NULL : of(EmailAddress.parse(text));
  }

  /** Whether this is the null path. */
  public boolean isNull() {
    return address.isEmpty();
  }

  /** The address, or the empty string for the null path; no angle brackets. */
  @Override
  public String toString() {
    return address.map(EmailAddress::toString).orElse("");
  }
}
