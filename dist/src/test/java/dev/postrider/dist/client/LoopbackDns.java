package dev.postrider.dist.client;

import dev.postrider.plugin.testkit.DnsServer;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.util.List;

/** A name server on loopback: each domain it knows has one mail exchanger at 127.0.0.1. */
public final class LoopbackDns implements AutoCloseable {
  private final InMemoryDns names = new InMemoryDns();
  private final DnsServer server = DnsServer.of(names);

  public LoopbackDns() throws IOException {}

  /** Where it is, as {@code POSTRIDER_DNS} wants it. */
  public String address() {
    return "127.0.0.1:" + server.address().getPort();
  }

  /** Makes a domain known. */
  public LoopbackDns domain(String domain) {
    names.withMx(domain, 10, "mx." + domain).withAddress("mx." + domain, "127.0.0.1");
    return this;
  }

  /** Makes a name have this text, in strings of which each has at most 255 octets. */
  public LoopbackDns text(String name, List<String> strings) {
    names.withTxt(name, String.join("", strings));
    return this;
  }

  @Override
  public void close() {
    server.close();
  }
}
