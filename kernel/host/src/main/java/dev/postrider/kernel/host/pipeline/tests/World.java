package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.Http;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What a test says of the world outside of the pipeline.
 *
 * @param dns the answers of name servers
 * @param directory the local domains and addresses
 * @param http the answers of web servers
 * @param elsewhere other answers
 * @param now the time, which stands still
 */
record World(Dns dns, DirectoryView directory, Http http, Elsewhere elsewhere, Instant now) {

  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  /** Before the first test: no name, no local domain. */
  static final World EMPTY =
      new World(
          new StagedDns(Map.of()),
          new Locals(Set.of(), Set.of()),
          new StagedHttp(Map.of()),
          new StagedElsewhere(Map.of()),
          NOW);

  /** Whole domains, and single addresses whose domains are then local too. */
  record Locals(Set<String> domains, Set<EmailAddress> addresses) implements DirectoryView {
    Locals {
      domains = Set.copyOf(domains);
      addresses = Set.copyOf(addresses);
    }

    @Override
    public boolean isLocalDomain(String domain) {
      return domains.contains(domain)
          || addresses.stream().anyMatch(address -> address.domain().equals(domain));
    }

    @Override
    public boolean accepts(EmailAddress address) {
      return domains.contains(address.domain()) || addresses.contains(address);
    }
  }
}
