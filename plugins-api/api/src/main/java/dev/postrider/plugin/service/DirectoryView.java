package dev.postrider.plugin.service;

import dev.postrider.plugin.EmailAddress;

/** What plugins may know of the local domains and users. Thread: any; answers from memory. */
public interface DirectoryView {

  /** Whether this server is responsible for the domain (A-labels, lower case). */
  boolean isLocalDomain(String domain);

  /**
   * Whether mail to this address can be delivered here: an account, alias, group, catch-all or
   * subaddress of a local domain.
   */
  boolean accepts(EmailAddress address);
}
