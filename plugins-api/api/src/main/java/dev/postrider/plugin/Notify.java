package dev.postrider.plugin;

/**
 * When the sender asked to be told about a recipient (RFC 3461 §4.1).
 *
 * @since 1.0
 */
public enum Notify {
  /** Never; stands alone. */
  NEVER,
  /** When the mail was delivered. */
  SUCCESS,
  /** When it can't be delivered. */
  FAILURE,
  /** When it is late. */
  DELAY
}
