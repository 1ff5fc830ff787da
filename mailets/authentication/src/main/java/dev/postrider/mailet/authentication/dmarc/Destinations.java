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
    return isOneOrganization(domain, host)
        || dns.txt(domain + "._report._dmarc." + host).records().stream()
            .anyMatch(DmarcRecord::isOne);
  }

  // A name below another is not enough: the policy may be that of a public suffix.
  private boolean isOneOrganization(String domain, String host) {
    if (host.equals(domain)) {
      return true;
    }
    TreeWalk.Walk one = walk.from(domain);
    String above = one.organization();
    if (one.unknown().isPresent() || !(host.equals(above) || host.endsWith("." + above))) {
      return false;
    }
    TreeWalk.Walk other = walk.from(host);
    return other.unknown().isEmpty() && other.organization().equals(above);
  }
}
