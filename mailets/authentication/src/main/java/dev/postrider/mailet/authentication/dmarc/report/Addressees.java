package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.mailet.authentication.dmarc.Destinations;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** To whom the reports about a domain go (RFC 9990 §3.5, §4). Thread: one. */
final class Addressees {

  private static final int MOST = 10;

  private final Destinations destinations;
  private final System.Logger log;

  Addressees(Destinations destinations, System.Logger log) {
    this.destinations = destinations;
    this.log = log;
  }

  /**
   * The addresses that a policy names and that want reports about it, each once and {@value #MOST}
   * at most; those left out are logged.
   *
   * @param rua URIs between commas
   */
  List<EmailAddress> of(String domain, String rua) {
    Set<EmailAddress> all = new LinkedHashSet<>();
    for (String uri : rua.split(",", MOST + 1)) {
      List<EmailAddress> some =
          ReportAddress.read(uri).map(a -> wanted(domain, a)).orElse(List.of());
      if (some.isEmpty()) {
        log.log(
            System.Logger.Level.INFO,
            () -> "no DMARC report about " + domain + " is sent to " + Text.shown(uri));
      }
      all.addAll(some);
    }
    return all.stream().limit(MOST).toList();
  }

  private List<EmailAddress> wanted(String domain, ReportAddress asked) {
    String host = asked.address().domain();
    Destinations.Consent consent = destinations.consent(domain, host);
    if (!consent.given()) {
      return List.of();
    }
    if (consent.instead().isEmpty()) {
      return List.of(asked.address());
    }
    List<EmailAddress> instead = new ArrayList<>();
    for (String uri : consent.instead()) {
      Optional<ReportAddress> other = ReportAddress.read(uri);
      // Who sends them on to another host gets none either: that could go on for ever.
      if (other.isEmpty() || !other.get().address().domain().equals(host)) {
        return List.of();
      }
      instead.add(other.get().address());
    }
    return instead;
  }
}
