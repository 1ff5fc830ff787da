package dev.postrider.plugin.service;

/**
 * What this server calls itself in greetings, HELO and Received. Thread: any. Time: answers from
 * memory. Ownership: nothing to close. Failure: none.
 *
 * @since 1.1
 */
@FunctionalInterface
public interface ServerName {

  /** The host name, lower case, A-labels. */
  String name();
}
