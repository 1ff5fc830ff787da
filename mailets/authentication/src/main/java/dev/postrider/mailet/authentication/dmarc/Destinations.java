package dev.postrider.mailet.authentication.dmarc;

import dev.postrider.plugin.service.Dns;

/** Whether reports about a domain may go somewhere (RFC 9990 §4). Thread: one. */
public final class Destinations {

  private final Dns dns;
  private final TreeWalk walk;

  /** Asks this DNS. */
  public Destinations(Dns dns) {
    this.dns = dns;
    this.walk = new TreeWalk(dns);
  }

  /**
   * Whether the host belongs to the domain's organization, or says in the DNS that it wants reports
   * about the domain. Silence is no.
   */
  public boolean accepts(String domain, String host) {
    return host.equals(domain)
        || host.endsWith("." + domain)
        || isOneOrganization(domain, host)
        || dns.txt(domain + "._report._dmarc." + host).records().stream()
            .anyMatch(DmarcRecord::isOne);
  }

  private boolean isOneOrganization(String domain, String host) {
    TreeWalk.Walk one = walk.from(domain);
    if (one.unknown().isPresent() || !host.endsWith("." + one.organization())) {
      return one.unknown().isEmpty() && host.equals(one.organization());
    }
    TreeWalk.Walk other = walk.from(host);
    return other.unknown().isEmpty() && other.organization().equals(one.organization());
  }
}
