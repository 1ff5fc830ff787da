package dev.postrider.dist.checkup;

import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** What the world would not find in DNS. */
final class DnsDoctor {

  private DnsDoctor() {}

  static List<String> warnings(ServerConfig config, Dns dns) {
    List<String> out = new ArrayList<>();
    String host = config.hostName();
    switch (dns.addresses(host)) {
      case DnsAnswer.Found<InetAddress> _ -> {}
      case DnsAnswer.NoData<InetAddress> _, DnsAnswer.NoSuchName<InetAddress> _ ->
          out.add("DNS: the host name " + host + " has no address; publish A and AAAA records");
      case DnsAnswer.Failed<InetAddress> failed ->
          out.add("DNS: " + host + " could not be looked up: " + failed.reason());
    }
    for (LocalDomain domain : config.domains()) {
      mx(domain.name(), host, dns.mx(domain.name()), out);
    }
    return out;
  }

  private static void mx(String domain, String host, DnsAnswer<MxRecord> answer, List<String> out) {
    switch (answer) {
      case DnsAnswer.Found<MxRecord> found -> {
        if (found.records().stream().noneMatch(mx -> mx.host().equals(host))) {
          out.add("DNS: no MX record of " + domain + " leads to " + host);
        }
      }
      case DnsAnswer.NoData<MxRecord> _ ->
          out.add("DNS: " + domain + " has no MX record; publish '10 " + host + ".'");
      case DnsAnswer.NoSuchName<MxRecord> _ -> out.add("DNS: " + domain + " does not exist");
      case DnsAnswer.Failed<MxRecord> failed ->
          out.add("DNS: the MX of " + domain + " could not be looked up: " + failed.reason());
    }
  }
}
