package dev.postrider.plugin.service;

import dev.postrider.plugin.EmailAddress;

/**
 * What plugins may know of the local domains and users. Thread: any. Time: answers from memory.
 * Ownership: nothing to close. Failure: none; what is unknown is {@code false}.
 *
 * @since 1.0
 */
public interface DirectoryView {

  /** Whether this server is responsible for the domain (A-labels, lower case). */
  boolean isLocalDomain(String domain);

  /**
   * Whether mail to this address can be delivered here: an account, alias, group, catch-all or
   * subaddress of a local domain.
   */
  boolean accepts(EmailAddress address);
}
