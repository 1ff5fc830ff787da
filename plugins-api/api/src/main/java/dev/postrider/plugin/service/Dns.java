package dev.postrider.plugin.service;

import java.net.InetAddress;

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

  /** TXT records, the strings of each joined. */
  DnsAnswer<String> txt(String name);

  /** Host names of an address (PTR), without trailing dot. */
  DnsAnswer<String> reverse(InetAddress address);
}
