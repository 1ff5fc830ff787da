package dev.postrider.kernel.directory;

import dev.postrider.plugin.Domains;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How addresses are read and how far aliases may lead.
 *
 * @param separator what divides a local part from its subaddress (RFC 5233 §1), one or more
 *     characters; empty turns subaddressing off
 * @param maxDepth how many aliases may follow each other, 1 or more
 * @param maxAddresses how many addresses one alias may lead to in all, 1 or more
 * @param literals address literals of this server ({@code [192.0.2.1]}, {@code
 *     [ipv6:2001:db8::1]}); they stand for the first local domain by name
 */
public record DirectoryPolicy(
    String separator, int maxDepth, int maxAddresses, Set<String> literals) {

  /** Checks the limits and normalises the literals. */
  public DirectoryPolicy {
    if (maxDepth < 1 || maxAddresses < 1) {
      throw new IllegalArgumentException("alias limits are 1 or more");
    }
    if (separator.contains("@")) {
      throw new IllegalArgumentException("'@' can't separate a subaddress");
    }
    literals = literals.stream().map(Domains::normalise).collect(Collectors.toUnmodifiableSet());
  }

  /** {@code +}, 10 aliases deep, 1000 addresses, no literals. */
  public static DirectoryPolicy defaults() {
    return new DirectoryPolicy("+", 10, 1000, Set.of());
  }
}
