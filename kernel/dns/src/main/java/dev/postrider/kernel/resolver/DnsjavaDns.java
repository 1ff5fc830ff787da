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

  private static final int TRIES = 2;

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
    this.cache = new AnswerCache(settings.cacheEntries(), ticker, executor);
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
    return answer(domain, Type.MX)
        .as(
            each -> {
              MXRecord mx = (MXRecord) each;
              return new MxRecord(mx.getPriority(), text(mx.getTarget()));
            });
  }

  @Override
  public DnsAnswer<InetAddress> addresses(String host) {
    if (host.equalsIgnoreCase("localhost") || host.equalsIgnoreCase("localhost.")) {
      // RFC 6761 §6.3: not a name to ask anybody about.
      return new DnsAnswer.Found<>(
          List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")), false);
    }
    CompletableFuture<Answer> sixes =
        CompletableFuture.supplyAsync(() -> answer(host, Type.AAAA), executor);
    Answer four = answer(host, Type.A);
    return joined(four, sixes.join());
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

  @Override
  public DnsAnswer<String> txt(String name) {
    return answer(name, Type.TXT).as(each -> joined((TXTRecord) each));
  }

  private static String joined(TXTRecord record) {
    StringBuilder out = new StringBuilder();
    for (byte[] part : record.getStringsAsByteArrays()) {
      out.append(new String(part, StandardCharsets.ISO_8859_1));
    }
    return out.toString();
  }

  @Override
  public DnsAnswer<String> reverse(InetAddress address) {
    return lookUp(new Question(ReverseMap.fromAddress(address), Type.PTR))
        .as(each -> text(((PTRRecord) each).getTarget()));
  }

  private Answer answer(String name, int type) {
    return name(name)
        .map(asked -> lookUp(new Question(asked, type)))
        .orElseGet(() -> Answer.negative(Answer.Kind.NO_NAME, false, 0));
  }

  private Answer lookUp(Question question) {
    return cache.answer(question, settings.timeout(), asking::ask);
  }

  private static Optional<Name> name(String text) {
    String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (bare.isEmpty() || bare.indexOf('\\') >= 0) {
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
