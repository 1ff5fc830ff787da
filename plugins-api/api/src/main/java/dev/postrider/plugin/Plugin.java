package dev.postrider.plugin;

import java.util.List;

/**
 * The entry point of a plugin jar, named in {@code META-INF/services/dev.postrider.plugin.Plugin}.
 * Has a public constructor without parameters and does nothing but answer.
 *
 * @since 1.0
 */
public interface Plugin {

  /** The mailets; the simple class name is the name in the XML. */
  default List<Class<? extends Mailet>> mailets() {
    return List.of();
  }

  /**
   * The jobs; the simple class name is the name to start them by.
   *
   * @since 1.1
   */
  default List<Class<? extends Job>> jobs() {
    return List.of();
  }

  /**
   * The listeners that are told what users do with their mailboxes.
   *
   * @since 1.1
   */
  default List<Class<? extends MailboxListener>> mailboxListeners() {
    return List.of();
  }

  /** The matchers; the simple class name is the name in the XML. */
  default List<Class<? extends Matcher>> matchers() {
    return List.of();
  }
}
