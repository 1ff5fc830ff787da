package dev.postrider.plugin.service;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Name lookups. Cached by the host; never throws for what the network does.
 *
 * <p>Thread: any virtual thread; blocks until there is an answer, at most the resolver's timeout
 * (10 s by default). Names are host names with or without trailing dot; an invalid name answers
 * {@link DnsAnswer.NoSuchName}. Ownership: answers are immutable; nothing to close. Failure: {@link
 * DnsAnswer.Failed}, never an exception.
 *
 * @since 1.0
 */
public interface Dns {

  /** Mail exchangers, in the order of the answer. */
  DnsAnswer<MxRecord> mx(String domain);

  /** IPv4 and IPv6 addresses; CNAMEs are followed. */
  DnsAnswer<InetAddress> addresses(String host);

  /**
   * IPv4 addresses (A) alone; CNAMEs are followed.
   *
   * @since 1.1
   */
  default DnsAnswer<InetAddress> ipv4(String host) {
    return only(Inet4Address.class, addresses(host));
  }

  /**
   * IPv6 addresses (AAAA) alone; CNAMEs are followed.
   *
   * @since 1.1
   */
  default DnsAnswer<InetAddress> ipv6(String host) {
    return only(Inet6Address.class, addresses(host));
  }

  /** TXT records, the strings of each joined. */
  DnsAnswer<String> txt(String name);

  /** Host names of an address (PTR), without trailing dot. */
  DnsAnswer<String> reverse(InetAddress address);

  /**
   * The same names, looked up by one who has less time: a lookup that takes longer is {@link
   * DnsAnswer.Failed}. The answer may still arrive and be there when asked again. A service that
   * answers from memory, as in tests, need not bound anything.
   *
   * @param limit for each lookup, more than zero
   * @since 1.1
   */
  default Dns within(Duration limit) {
    return this;
  }

  private static DnsAnswer<InetAddress> only(
      Class<? extends InetAddress> kind, DnsAnswer<InetAddress> all) {
    if (!(all instanceof DnsAnswer.Found<InetAddress>(var records, var authenticated))) {
      return all;
    }
    List<InetAddress> left = records.stream().filter(kind::isInstance).toList();
    return left.isEmpty() ? new DnsAnswer.NoData<>() : new DnsAnswer.Found<>(left, authenticated);
  }
}
