package dev.postrider.kernel.host.config;

import dev.postrider.kernel.directory.DirectoryPolicy;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.directory.LoginGuardPolicy;
import dev.postrider.kernel.guard.BanPolicy;
import dev.postrider.kernel.guard.Offence;
import dev.postrider.kernel.guard.SenderPolicy;
import dev.postrider.kernel.host.flight.FlightLimits;
import dev.postrider.kernel.host.xml.Durations;
import dev.postrider.kernel.host.xml.Fields;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.outbound.OutboundPolicy;
import dev.postrider.kernel.resolver.DnsSettings;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the sections with attributes only. */
final class Sections {

  private final Path home;
  private final Problems problems;

  Sections(Path home, Problems problems) {
    this.home = home;
    this.problems = problems;
  }

  Optional<TlsConfig> tls(XmlNode node, List<ListenerConfig> listeners) {
    try (Fields fields = new Fields(node, problems)) {
      TlsConfig tls =
          new TlsConfig(
              path(fields, "certificate", "conf/tls/cert.pem"),
              path(fields, "key", "conf/tls/key.pem"));
      if (listeners.stream().allMatch(listener -> listener.tls() == TlsMode.NONE)) {
        return Optional.empty();
      }
      TlsFiles.check(tls, home).forEach(problem -> fields.problem(problem, TlsFiles.ADVICE));
      return Optional.of(tls);
    }
  }

  StorageConfig storage(XmlNode node) {
    try (Fields fields = new Fields(node, problems)) {
      Path directory = path(fields, "directory", "data");
      if (Files.exists(directory) && !Files.isDirectory(directory)) {
        fields.problem(
            "the storage directory '" + shown(directory) + "' is a file", "name a directory");
      }
      return new StorageConfig(
          directory,
          fields.size("minimum-free", ByteSize.parse("100m")),
          fields.duration("ledger-retention", Duration.ofDays(30)));
    }
  }

  DnsConfig dns(XmlNode node) {
    try (Fields fields = new Fields(node, problems)) {
      return new DnsConfig(
          fields.list("servers", List.of(), Sections::server),
          fields.duration("timeout", Duration.ofSeconds(10)));
    }
  }

  NetworksConfig networks(XmlNode node) {
    try (Fields fields = new Fields(node, problems)) {
      List<Network> loopback = List.of(Network.parse("127.0.0.0/8"), Network.parse("::1"));
      return new NetworksConfig(
          fields.list("trusted", loopback, Network::parse),
          fields.list("relay", List.of(), Network::parse),
          fields.list("proxies", List.of(), Network::parse));
    }
  }

  OutboundPolicy outbound(XmlNode node) {
    OutboundPolicy base = OutboundPolicy.defaults();
    try (Fields fields = new Fields(node, problems)) {
      List<Duration> retry = fields.list("retry", base.retrySchedule(), Durations::parse);
      if (retry.isEmpty()) {
        fields.problem("the retry schedule is empty", "write retry=\"2m, 15m, 1h, 4h\"");
      }
      return new OutboundPolicy(
          fields.integer("port", base.port(), 1, 65_535),
          fields.flag("allow-private-destinations", base.allowPrivateDestinations()),
          fields.integer("connections", base.connections(), 1, 100_000),
          fields.integer("connections-per-destination", base.connectionsPerDestination(), 1, 1000),
          fields.integer("messages-per-connection", base.messagesPerConnection(), 1, 100_000),
          retry.isEmpty() ? base.retrySchedule() : retry,
          fields.duration("expire-after", base.expireAfter()),
          fields.duration("delay-warning-after", base.delayWarningAfter()),
          fields.duration("connect-timeout", base.connectTimeout()));
    }
  }

  LoginConfig login(XmlNode node, NetworksConfig networks) {
    LoginGuardPolicy base = LoginGuardPolicy.defaults();
    try (Fields fields = new Fields(node, problems)) {
      LoginGuardPolicy guard =
          new LoginGuardPolicy(
              fields.integer("free-failures", base.freePerPair(), 0, 100_000),
              fields.integer("free-failures-per-address", base.freePerNetwork(), 0, 100_000),
              fields.integer("free-failures-per-account", base.freePerAccount(), 0, 100_000),
              fields.duration("first-delay", base.firstDelay()),
              fields.duration("longest-delay", base.maxDelay()),
              fields.duration("longest-delay-per-account", base.maxAccountDelay()),
              fields.duration("forget-after", base.forgetAfter()),
              base.remembered(),
              Set.copyOf(networks.trusted()));
      return new LoginConfig(guard, fields.flag("own-addresses-only", true));
    }
  }

  BanPolicy bans(XmlNode node, NetworksConfig networks) {
    BanPolicy base = BanPolicy.defaults();
    try (Fields fields = new Fields(node, problems)) {
      Map<Offence, Integer> points = new EnumMap<>(Offence.class);
      for (Offence offence : Offence.values()) {
        String name = offence.name().toLowerCase(Locale.ROOT).replace('_', '-');
        points.put(offence, fields.integer(name, offence.usualPoints(), 0, 1_000_000));
      }
      Duration first = fields.duration("first", base.first());
      Duration longest = fields.duration("longest", base.longest());
      if (longest.compareTo(first) < 0) {
        fields.problem("the longest ban is shorter than the first", "write a longer time");
      }
      return new BanPolicy(
          fields.integer("threshold", base.threshold(), 0, 1_000_000),
          fields.duration("half-life", base.halfLife()),
          first,
          longest,
          fields.duration("forget-after", base.forgetAfter()),
          points,
          networks.trusted());
    }
  }

  SenderPolicy senders(XmlNode node, List<LocalDomain> domains) {
    SenderPolicy base = SenderPolicy.defaults();
    int many = 10_000_000;
    try (Fields fields = new Fields(node, problems)) {
      Optional<EmailAddress> postmaster =
          domains.stream()
              .findFirst()
              .map(domain -> EmailAddress.parse("postmaster@" + domain.name()));
      return new SenderPolicy(
          fields.integer("messages", base.messages(), 0, many),
          fields.integer("recipients", base.recipients(), 0, many),
          fields.integer("new-recipients", base.newRecipients(), 0, many),
          fields.integer("burst", base.burst(), 1, many),
          fields.flag("watched", base.watched()),
          Set.copyOf(fields.list("exempt", List.of(), EmailAddress::parse)),
          fields.list("notified", List.of(), EmailAddress::parse).stream()
              .findFirst()
              .or(() -> postmaster));
    }
  }

  DirectoryPolicy directory(XmlNode node) {
    DirectoryPolicy base = DirectoryPolicy.defaults();
    try (Fields fields = new Fields(node, problems)) {
      return new DirectoryPolicy(
          fields.value("subaddress-separator", base.separator(), Sections::separator),
          fields.integer("alias-depth", base.maxDepth(), 1, 100),
          fields.integer("alias-addresses", base.maxAddresses(), 1, 100_000),
          Set.copyOf(fields.list("address-literals", List.of(), Sections::literal)));
    }
  }

  PipelineConfig pipeline(XmlNode node) {
    try (Fields fields = new Fields(node, problems)) {
      Path file = path(fields, "file", "conf/pipeline.xml");
      if (!Files.isReadable(file)) {
        fields.problem(
            "the pipeline file '" + shown(file) + "' is missing or can't be read",
            "'postrider init' writes one");
      }
      return new PipelineConfig(
          file,
          path(fields, "plugins", "plugins"),
          fields.duration("deadline", Duration.ofSeconds(20)),
          fields.duration("step-deadline", Duration.ofSeconds(10)),
          fields.duration("job-deadline", Duration.ofMinutes(10)),
          fields.integer("max-received", 100, 5, 1000),
          fields.flag("watch", false));
    }
  }

  FlightLimits flightRecorder(XmlNode node) {
    FlightLimits defaults = FlightLimits.defaults();
    try (Fields fields = new Fields(node, problems)) {
      return new FlightLimits(
          fields.integer("mails", defaults.mails(), 0, 1_000_000),
          fields.size("size", defaults.size(), new ByteSize(1 << 20), new ByteSize(1L << 40)),
          fields.size("largest-message", defaults.largestMessage()),
          fields.integer("per-second", defaults.perSecond(), 1, 100_000));
    }
  }

  HttpConfig http(XmlNode node) {
    try (Fields fields = new Fields(node, problems)) {
      return new HttpConfig(fields.list("allow-private", List.of(), Network::parse));
    }
  }

  AdminConfig admin(XmlNode node) {
    try (Fields fields = new Fields(node, problems)) {
      return new AdminConfig(path(fields, "token-file", "data/admin.token"));
    }
  }

  LoggingConfig logging(XmlNode node) {
    try (Fields fields = new Fields(node, problems)) {
      return new LoggingConfig(
          fields.choice("level", System.Logger.Level.class).orElse(System.Logger.Level.INFO),
          path(fields, "directory", "log"));
    }
  }

  private Path path(Fields fields, String name, String fallback) {
    return home.resolve(fields.text(name).filter(text -> !text.isEmpty()).orElse(fallback))
        .normalize();
  }

  private String shown(Path path) {
    return path.startsWith(home) ? home.relativize(path).toString() : path.toString();
  }

  private static String separator(String text) {
    if (text.length() > 4 || text.contains("@")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a separator such as + or -; empty for none");
    }
    return text;
  }

  private static String literal(String text) {
    String address = InetAddress.ofLiteral(text).getHostAddress();
    return "[" + (address.contains(":") ? "ipv6:" : "") + address + "]";
  }

  private static InetSocketAddress server(String text) {
    return DnsSettings.parseServers(text).getFirst();
  }
}
