package dev.postrider.mailet.standard;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Param;
import java.util.Set;
import java.util.stream.Collectors;

/** Addresses to compare with; case does not matter. */
record AddressSet(Set<EmailAddress> folded) {

  /**
   * These addresses, given as the condition of a matcher.
   *
   * @throws IllegalArgumentException when there is none
   */
  static AddressSet of(Set<EmailAddress> addresses) {
    return new AddressSet(
        Given.some(Param.CONDITION, addresses).stream()
            .map(EmailAddress::folded)
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean contains(EmailAddress address) {
    return folded.contains(address.folded());
  }
}
