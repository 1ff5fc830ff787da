package dev.postrider.plugin;

/**
 * The declared kind of content (RFC 6152, RFC 3030).
 *
 * @since 1.0
 */
public enum BodyType {
  /** Lines of ASCII, or undeclared. */
  SEVEN_BIT,
  /** Lines of octets. */
  EIGHT_BIT_MIME,
  /** Any octets. */
  BINARY_MIME
}
