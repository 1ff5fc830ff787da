package dev.postrider.plugin;

/**
 * How a matcher makes one answer of those of the matchers nested in it.
 *
 * @since 1.0
 */
public enum Combination {
  /** Matches the recipients that every nested matcher matches. */
  ALL,
  /** Matches the recipients that at least one nested matcher matches. */
  ANY,
  /** Matches the recipients that no nested matcher matches. */
  NONE
}
