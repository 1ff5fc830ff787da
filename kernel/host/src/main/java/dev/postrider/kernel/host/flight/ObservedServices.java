package dev.postrider.kernel.host.flight;

import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.port.Sha256;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpRequest;
import dev.postrider.plugin.service.MxRecord;
import dev.postrider.plugin.service.Outbox;
import dev.postrider.plugin.service.PluginState;
import dev.postrider.plugin.service.ServerName;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Services whose answers go past {@link Outside}. */
public final class ObservedServices {

  private ObservedServices() {}

  /** The same services, observed; answers of others are not recorded. */
  public static PluginServices of(PluginServices services) {
    return services
        .through(Dns.class, ObservedDns::new)
        .through(DirectoryView.class, ObservedDirectory::new)
        .through(Http.class, ObservedHttp::new)
        .through(PluginState.class, ObservedState::new)
        .through(
            Outbox.class,
            outbox ->
                (mails, used) ->
                    Outside.change(
                        () -> "send " + mails.size() + " mails", () -> outbox.send(mails, used)))
        .through(Elsewhere.class, ObservedElsewhere::new)
        .through(
            ServerName.class,
            server -> () -> Outside.<String>ask(Kind.NAME, () -> "", server::name))
        .through(
            InstantSource.class,
            clock -> () -> Outside.<Instant>ask(Kind.CLOCK, () -> "", clock::instant))
        .through(
            RandomGenerator.class,
            random -> () -> Outside.<Long>ask(Kind.RANDOM, () -> "", random::nextLong));
  }

  private record ObservedDns(Dns dns) implements Dns {
    @Override
    public DnsAnswer<MxRecord> mx(String domain) {
      return Outside.ask(Kind.MX, () -> domain, () -> dns.mx(domain));
    }

    @Override
    public DnsAnswer<InetAddress> addresses(String host) {
      return Outside.ask(Kind.ADDRESSES, () -> host, () -> dns.addresses(host));
    }

    @Override
    public DnsAnswer<InetAddress> ipv4(String host) {
      return Outside.ask(Kind.IPV4, () -> host, () -> dns.ipv4(host));
    }

    @Override
    public DnsAnswer<InetAddress> ipv6(String host) {
      return Outside.ask(Kind.IPV6, () -> host, () -> dns.ipv6(host));
    }

    @Override
    public DnsAnswer<String> txt(String name) {
      return Outside.ask(Kind.TXT, () -> name, () -> dns.txt(name));
    }

    @Override
    public DnsAnswer<String> reverse(InetAddress address) {
      return Outside.ask(Kind.REVERSE, address::getHostAddress, () -> dns.reverse(address));
    }

    @Override
    public Dns within(Duration limit) {
      return new ObservedDns(dns.within(limit));
    }
  }

  private record ObservedDirectory(DirectoryView directory) implements DirectoryView {
    @Override
    public boolean isLocalDomain(String domain) {
      return Outside.ask(Kind.DIRECTORY, () -> domain, () -> directory.isLocalDomain(domain));
    }

    @Override
    public boolean accepts(EmailAddress address) {
      return Outside.ask(Kind.DIRECTORY, address::toString, () -> directory.accepts(address));
    }
  }

  private record ObservedHttp(Http http) implements Http {
    @Override
    public HttpAnswer exchange(HttpRequest request) {
      return Outside.ask(Kind.HTTP, () -> question(request), () -> http.exchange(request));
    }

    // Two requests to one URL differ by what they send; only a digest of that is kept.
    private static String question(HttpRequest request) {
      return request.method() + " " + request.uri() + " " + digest(request.body());
    }

    private static String digest(Content body) {
      try (InputStream in = body.open()) {
        MessageDigest digest = Sha256.begin();
        Sha256.add(in, digest);
        return Sha256.end(digest);
      } catch (IOException e) {
        return "unreadable";
      }
    }
  }
}
