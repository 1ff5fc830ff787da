package dev.postrider.mailet.authentication.lookup;

import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import dev.postrider.plugin.testkit.FixedClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A DNS whose answers take time on a clock of a test, and fail where the asker has less of it. */
public final class SlowDns implements Dns {

  private final Dns behind;
  private final FixedClock clock;
  private final Duration delay;
  private final Duration limit;
  private final List<Duration> waits;

  private SlowDns(
      Dns behind, FixedClock clock, Duration delay, Duration limit, List<Duration> waits) {
    this.behind = behind;
    this.clock = clock;
    this.delay = delay;
    this.limit = limit;
    this.waits = waits;
  }

  /** Answers what is behind it, each time after this delay; gives up after 10 s by itself. */
  public static SlowDns of(Dns behind, FixedClock clock, Duration delay) {
    return new SlowDns(behind, clock, delay, Duration.ofSeconds(10), new ArrayList<>());
  }

  /** How long each lookup so far took. */
  public List<Duration> waits() {
    return List.copyOf(waits);
  }

  /** How long all of them took. */
  public Duration waited() {
    return waits.stream().reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public Dns within(Duration less) {
    return new SlowDns(behind, clock, delay, less.compareTo(limit) < 0 ? less : limit, waits);
  }

  @Override
  public DnsAnswer<MxRecord> mx(String domain) {
    return late(() -> behind.mx(domain));
  }

  @Override
  public DnsAnswer<InetAddress> addresses(String host) {
    return late(() -> behind.addresses(host));
  }

  @Override
  public DnsAnswer<InetAddress> ipv4(String host) {
    return late(() -> behind.ipv4(host));
  }

  @Override
  public DnsAnswer<InetAddress> ipv6(String host) {
    return late(() -> behind.ipv6(host));
  }

  @Override
  public DnsAnswer<String> txt(String name) {
    return late(() -> behind.txt(name));
  }

  @Override
  public DnsAnswer<String> reverse(InetAddress address) {
    return late(() -> behind.reverse(address));
  }

  private <T> DnsAnswer<T> late(Supplier<DnsAnswer<T>> answer) {
    Duration wait = delay.compareTo(limit) < 0 ? delay : limit;
    clock.advance(wait);
    waits.add(wait);
    return delay.compareTo(limit) > 0 ? new DnsAnswer.Failed<>("silence") : answer.get();
  }
}
