package dev.postrider.dist.checkup;

import dev.postrider.dist.dkim.DkimKey;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the world finds the keys that mail is signed with. */
final class DkimDoctor {

  private DkimDoctor() {}

  static List<String> warnings(List<DkimKey> keys, Dns dns) {
    List<String> out = new ArrayList<>();
    for (DkimKey key : keys) {
      wrong(key, dns.txt(key.name())).ifPresent(what -> out.add("DNS: " + what));
    }
    return out;
  }

  /** What keeps a prepared key from signing: why the world would not find it; or nothing. */
  static Optional<String> unpublished(DkimKey key, Dns dns) {
    return wrong(key, dns.txt(key.name()));
  }

  private static Optional<String> wrong(DkimKey key, DnsAnswer<String> answer) {
    String remedy = "; 'postrider dkim dns " + key.domain() + "' prints what to publish";
    return switch (answer) {
      case DnsAnswer.Found<String>(List<String> records, boolean _) ->
          records.contains(key.record())
              ? Optional.empty()
              : Optional.of(key.name() + " has another record than the key" + remedy);
      case DnsAnswer.NoData<String> _, DnsAnswer.NoSuchName<String> _ ->
          switch (key.state()) {
            case RETIRED -> Optional.empty();
            case PREPARED -> Optional.of(key.name() + " is not published yet" + remedy);
            case SIGNING ->
                Optional.of(key.name() + " is not published, but mail is signed with it" + remedy);
          };
      case DnsAnswer.Failed<String>(String reason) ->
          Optional.of(key.name() + " could not be looked up: " + reason);
    };
  }
}
