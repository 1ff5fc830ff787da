package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that the signatures of one message name, each asked for once. When the time is up what
 * was not asked yet is not known. Not thread-safe.
 */
public final class KeyLookup {

  // Several records at one name are a mistake; what of them is tried is bounded.
  private static final int MAX_RECORDS = 3;

  private final Dns dns;
  private final InstantSource clock;
  private final Instant end;
  private final Map<String, Read<KeyRecord>> known = new HashMap<>();

  /** For one message. */
  public KeyLookup(Dns dns, InstantSource clock, VerifyPolicy policy) {
    this.dns = dns;
    this.clock = clock;
    this.end = clock.instant().plus(policy.patience());
  }

  /** The key of a domain and a selector. */
  public Read<KeyRecord> find(String domain, String selector) {
    return known.computeIfAbsent(selector + "._domainkey." + domain, this::ask);
  }

  private Read<KeyRecord> ask(String name) {
    if (clock.instant().isAfter(end)) {
      return new Read.Faulty<>(new Fault(Verdict.TEMPERROR, "there was no time to get the key"));
    }
    return switch (dns.txt(name)) {
      case DnsAnswer.Found<String>(List<String> records, boolean _) -> first(records);
      case DnsAnswer.NoData<String> _, DnsAnswer.NoSuchName<String> _ ->
          new Read.Faulty<>(Fault.permanent("there is no key"));
      case DnsAnswer.Failed<String> _ ->
          new Read.Faulty<>(new Fault(Verdict.TEMPERROR, "the key can't be got now"));
    };
  }

  private static Read<KeyRecord> first(List<String> records) {
    Read<KeyRecord> first = KeyRecord.read(records.getFirst());
    for (int i = 1; i < Math.min(records.size(), MAX_RECORDS); i++) {
      if (first instanceof Read.Sound) {
        break;
      }
      Read<KeyRecord> next = KeyRecord.read(records.get(i));
      first = next instanceof Read.Sound ? next : first;
    }
    return first;
  }
}
