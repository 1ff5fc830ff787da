package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The answers that a test states; every other name does not exist.
 *
 * @param names by name in lower case without trailing dot; addresses by their text
 */
record StagedDns(Map<String, Records> names) implements Dns {

  StagedDns {
    names = Map.copyOf(names);
  }

  /** What a name has; {@code failure} where it can't be looked up. */
  record Records(
      List<MxRecord> mx,
      List<InetAddress> addresses,
      List<String> txt,
      List<String> reverse,
      Optional<String> failure) {

    static final Records NONE =
        new Records(List.of(), List.of(), List.of(), List.of(), Optional.empty());

    private <T> DnsAnswer<T> answer(List<T> records) {
      if (failure.isPresent()) {
        return new DnsAnswer.Failed<>(failure.get());
      }
      return records.isEmpty() ? new DnsAnswer.NoData<>() : new DnsAnswer.Found<>(records, false);
    }
  }

  static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private Optional<Records> find(String name) {
    return Optional.ofNullable(names.get(key(name)));
  }

  @Override
  public DnsAnswer<MxRecord> mx(String domain) {
    return find(domain).map(name -> name.answer(name.mx())).orElseGet(DnsAnswer.NoSuchName::new);
  }

  @Override
  public DnsAnswer<InetAddress> addresses(String host) {
    return find(host)
        .map(name -> name.answer(name.addresses()))
        .orElseGet(DnsAnswer.NoSuchName::new);
  }

  @Override
  public DnsAnswer<String> txt(String host) {
    return find(host).map(name -> name.answer(name.txt())).orElseGet(DnsAnswer.NoSuchName::new);
  }

  @Override
  public DnsAnswer<String> reverse(InetAddress address) {
    return find(address.getHostAddress())
        .map(name -> name.answer(name.reverse()))
        .orElseGet(DnsAnswer.NoSuchName::new);
  }
}
