package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpRequest;
import dev.postrider.plugin.service.MxRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Lends plugins the world of the test that runs now. Nothing of it reaches the network. */
final class Scenery implements Dns, DirectoryView, Elsewhere, Http, InstantSource {

  private static final long SEED = 1;

  private volatile World world = World.EMPTY;

  void set(World next) {
    world = next;
  }

  /** All that plugins may ask for; their state is forgotten, figures and log nobody sees. */
  PluginServices services() {
    return PluginServices.of(this, this, this)
        .with(Http.class, asker -> this)
        .with(Elsewhere.class, asker -> this)
        .with(System.Logger.class, asker -> new UnreadLogger(asker.type().getName()))
        .with(RandomGenerator.class, asker -> new Random(SEED));
  }

  @Override
  public DnsAnswer<MxRecord> mx(String domain) {
    return world.dns().mx(domain);
  }

  @Override
  public DnsAnswer<InetAddress> addresses(String host) {
    return world.dns().addresses(host);
  }

  @Override
  public DnsAnswer<String> txt(String name) {
    return world.dns().txt(name);
  }

  @Override
  public DnsAnswer<String> reverse(InetAddress address) {
    return world.dns().reverse(address);
  }

  @Override
  public boolean isLocalDomain(String domain) {
    return world.directory().isLocalDomain(domain);
  }

  @Override
  public boolean accepts(EmailAddress address) {
    return world.directory().accepts(address);
  }

  @Override
  public HttpAnswer exchange(HttpRequest request) {
    return world.http().exchange(request);
  }

  @Override
  public <T> T ask(
      String question, Source<T> source, Function<T, String> write, Function<String, T> read)
      throws IOException {
    return world.elsewhere().ask(question, source, write, read);
  }

  @Override
  public Instant instant() {
    return world.now();
  }
}
