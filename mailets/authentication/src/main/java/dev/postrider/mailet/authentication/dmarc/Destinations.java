package dev.postrider.mailet.authentication.dmarc;

import dev.postrider.plugin.service.Dns;
import java.util.List;

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
   * What a host says to reports about a domain.
   *
   * @param given whether it takes them
   * @param instead to which URIs they are to go instead, all of the host or not; empty for none
   */
  public record Consent(boolean given, List<String> instead) {

    /** Copies the list. */
    public Consent {
      instead = List.copyOf(instead);
    }
  }

  /**
   * Whether the host belongs to the domain's organization, or says in the DNS that it wants reports
   * about the domain. Silence is no.
   */
  public Consent consent(String domain, String host) {
    if (isOneOrganization(domain, host)) {
      return new Consent(true, List.of());
    }
    List<DmarcRecord> records =
        dns.txt(domain + "._report._dmarc." + host).records().stream()
            .filter(DmarcRecord::isOne)
            .flatMap(text -> DmarcRecord.read(text).stream())
            .toList();
    return new Consent(
        !records.isEmpty(),
        records.stream().flatMap(each -> each.reportTo().stream()).distinct().toList());
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
