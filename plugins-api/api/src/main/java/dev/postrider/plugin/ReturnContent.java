package dev.postrider.plugin;

/**
 * How much of the mail a failure report shall carry (RFC 3461 §4.3, {@code RET}).
 *
 * @since 1.0
 */
public enum ReturnContent {
  /** The sender did not say. */
  UNSTATED,
  /** The whole message. */
  FULL,
  /** Only its headers. */
  HEADERS
}
