package dev.postrider.benchmark.jmh;

import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks for each name once, as the server's cache does. */
final class RememberedDns implements Dns {

  private final Dns dns;
  private final Map<String, DnsAnswer<MxRecord>> exchangers = new ConcurrentHashMap<>();
  private final Map<String, DnsAnswer<InetAddress>> addresses = new ConcurrentHashMap<>();
  private final Map<String, DnsAnswer<String>> texts = new ConcurrentHashMap<>();
  private final Map<InetAddress, DnsAnswer<String>> names = new ConcurrentHashMap<>();

  RememberedDns(Dns dns) {
    this.dns = dns;
  }

  @Override
  public DnsAnswer<MxRecord> mx(String domain) {
    return exchangers.computeIfAbsent(domain, dns::mx);
  }

  @Override
  public DnsAnswer<InetAddress> addresses(String host) {
    return addresses.computeIfAbsent(host, dns::addresses);
  }

  @Override
  public DnsAnswer<String> txt(String name) {
    return texts.computeIfAbsent(name, dns::txt);
  }

  @Override
  public DnsAnswer<String> reverse(InetAddress address) {
    return names.computeIfAbsent(address, dns::reverse);
  }
}
