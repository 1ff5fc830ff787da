package dev.postrider.kernel.resolver;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.postrider.plugin.Text;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;

/**
 * Name lookups by dnsjava: UDP, and TCP where the answer is truncated. Answers are kept as long as
 * their TTL says, negative ones as RFC 2308 does, failures for three seconds. An answer counts as
 * authenticated where the resolver set the AD bit, so that means something only with a resolver
 * that validates and that is reached over a trusted path, such as loopback.
 */
public final class DnsjavaDns implements Dns, AutoCloseable {

  // Names of letters outside ASCII have two characters for each of their 255 octets at most.
  private static final int LONGEST = 510;
  private static final int TRIES = 2;
  private static final InetAddress LOCALHOST_4 = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress LOCALHOST_6 = InetAddress.ofLiteral("::1");

  private final DnsSettings settings;
  private final ExecutorService executor;
  private final Asking asking;
  private final AnswerCache cache;

  /**
   * Starts asking these servers.
   *
   * @throws UnknownHostException when the system names no resolver
   */
  public DnsjavaDns(DnsSettings settings) throws UnknownHostException {
    this(settings, Ticker.systemTicker());
  }

  /** With a clock of its own for the age of answers. */
  DnsjavaDns(DnsSettings settings, Ticker ticker) throws UnknownHostException {
    this.settings = settings;
    this.executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("dns-", 0).factory());
    this.asking = new Asking(resolver(settings), executor);
    this.cache = new AnswerCache(settings.cacheEntries(), ticker);
  }

  private static Resolver resolver(DnsSettings settings) throws UnknownHostException {
    List<Resolver> each = new ArrayList<>();
    for (InetSocketAddress server : servers(settings)) {
      each.add(new SimpleResolver(server));
    }
    ExtendedResolver all = each.isEmpty() ? new ExtendedResolver() : new ExtendedResolver(each);
    all.setRetries(TRIES);
    all.setTimeout(settings.timeout());
    long tries = (long) TRIES * all.getResolvers().length;
    // Duration.dividedBy would load and warm the arithmetic of BigDecimal at each start.
    Duration perTry = Duration.ofNanos(settings.timeout().toNanos() / tries);
    for (Resolver one : all.getResolvers()) {
      one.setTimeout(perTry);
    }
    return all;
  }

  // Left to itself dnsjava would ask JNDI too, which loads a good part of the JDK.
  private static List<InetSocketAddress> servers(DnsSettings settings) {
    if (!settings.servers().isEmpty()) {
      return settings.servers();
    }
    ResolvConfResolverConfigProvider system = new ResolvConfResolverConfigProvider();
    system.initialize();
    return system.servers();
  }

  @Override
  public DnsAnswer<MxRecord> mx(String domain) {
    return mx(domain, settings.timeout());
  }

  @Override
  public DnsAnswer<InetAddress> addresses(String host) {
    return addresses(host, settings.timeout());
  }

  @Override
  public DnsAnswer<InetAddress> ipv4(String host) {
    return addresses(host, Type.A, settings.timeout());
  }

  @Override
  public DnsAnswer<InetAddress> ipv6(String host) {
    return addresses(host, Type.AAAA, settings.timeout());
  }

  @Override
  public DnsAnswer<String> txt(String name) {
    return txt(name, settings.timeout());
  }

  @Override
  public DnsAnswer<String> reverse(InetAddress address) {
    return reverse(address, settings.timeout());
  }

  @Override
  public Dns within(Duration limit) {
    return new InHaste(limit.compareTo(settings.timeout()) < 0 ? limit : settings.timeout());
  }

  /** Asks the same, and waits less. */
  private final class InHaste implements Dns {
    private final Duration limit;

    InHaste(Duration limit) {
      this.limit = limit;
    }

    @Override
    public DnsAnswer<MxRecord> mx(String domain) {
      return DnsjavaDns.this.mx(domain, limit);
    }

    @Override
    public DnsAnswer<InetAddress> addresses(String host) {
      return DnsjavaDns.this.addresses(host, limit);
    }

    @Override
    public DnsAnswer<InetAddress> ipv4(String host) {
      return DnsjavaDns.this.addresses(host, Type.A, limit);
    }

    @Override
    public DnsAnswer<InetAddress> ipv6(String host) {
      return DnsjavaDns.this.addresses(host, Type.AAAA, limit);
    }

    @Override
    public DnsAnswer<String> txt(String name) {
      return DnsjavaDns.this.txt(name, limit);
    }

    @Override
    public DnsAnswer<String> reverse(InetAddress address) {
      return DnsjavaDns.this.reverse(address, limit);
    }

    @Override
    public Dns within(Duration other) {
      return DnsjavaDns.this.within(other.compareTo(limit) < 0 ? other : limit);
    }
  }

  private DnsAnswer<MxRecord> mx(String domain, Duration limit) {
    return answer(domain, Type.MX, limit)
        .as(
            each -> {
              MXRecord mx = (MXRecord) each;
              return new MxRecord(mx.getPriority(), text(mx.getTarget()));
            });
  }

  private DnsAnswer<InetAddress> addresses(String host, Duration limit) {
    if (isLocalhost(host)) {
      return new DnsAnswer.Found<>(List.of(LOCALHOST_4, LOCALHOST_6), false);
    }
    CompletableFuture<Answer> sixes =
        CompletableFuture.supplyAsync(() -> answer(host, Type.AAAA, limit), executor);
    Answer four = answer(host, Type.A, limit);
    return joined(four, sixes.join());
  }

  private DnsAnswer<InetAddress> addresses(String host, int type, Duration limit) {
    if (isLocalhost(host)) {
      return new DnsAnswer.Found<>(List.of(type == Type.A ? LOCALHOST_4 : LOCALHOST_6), false);
    }
    return answer(host, type, limit).as(DnsjavaDns::address);
  }

  // RFC 6761 §6.3: not a name to ask anybody about.
  private static boolean isLocalhost(String host) {
    return host.equalsIgnoreCase("localhost") || host.equalsIgnoreCase("localhost.");
  }

  private static DnsAnswer<InetAddress> joined(Answer four, Answer six) {
    List<InetAddress> all = new ArrayList<>();
    all.addAll(four.as(DnsjavaDns::address).records());
    all.addAll(six.as(DnsjavaDns::address).records());
    if (!all.isEmpty()) {
      return new DnsAnswer.Found<>(all, four.authenticated() && six.authenticated());
    }
    return (six.kind() == Answer.Kind.FAILED ? six : four).as(DnsjavaDns::address);
  }

  private static InetAddress address(Record each) {
    return switch (each) {
      case ARecord a -> a.getAddress();
      case AAAARecord aaaa -> aaaa.getAddress();
      default -> throw new IllegalStateException("not an address record: " + each);
    };
  }

  private DnsAnswer<String> txt(String name, Duration limit) {
    return answer(name, Type.TXT, limit).as(each -> joined((TXTRecord) each));
  }

  private static String joined(TXTRecord record) {
    StringBuilder out = new StringBuilder();
    for (byte[] part : record.getStringsAsByteArrays()) {
      out.append(new String(part, StandardCharsets.ISO_8859_1));
    }
    return out.toString();
  }

  private DnsAnswer<String> reverse(InetAddress address, Duration limit) {
    return lookUp(new Question(ReverseMap.fromAddress(address), Type.PTR), limit)
        .as(each -> text(((PTRRecord) each).getTarget()));
  }

  private Answer answer(String name, int type, Duration limit) {
    return name(name)
        .map(asked -> lookUp(new Question(asked, type), limit))
        .orElseGet(() -> Answer.negative(Answer.Kind.NO_NAME, false, 0));
  }

  private Answer lookUp(Question question, Duration limit) {
    return cache.answer(question, limit, asking::ask);
  }

  private static Optional<Name> name(String text) {
    String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (bare.isEmpty() || bare.length() > LONGEST || bare.indexOf('\\') >= 0) {
      return Optional.empty();
    }
    try {
      String ascii = Text.isAscii(bare) ? bare : IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED);
      return Optional.of(Name.fromString(ascii.toLowerCase(Locale.ROOT) + "."));
    } catch (TextParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT).replaceAll("^\\.$", "");
  }

  /** Ends the threads that wait for resolvers. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
