package dev.postrider.kernel.host.config;

import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.host.xml.Fields;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.host.xml.XmlReader;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Domains;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code conf/postrider.xml} of a home. The result is complete and consistent, or all of its
 * problems are told at once.
 */
public final class ConfigReader {

  /** Where the file is, from the home. */
  public static final String FILE = "conf/postrider.xml";

  private final Map<String, String> environment;

  /**
   * A reader.
   *
   * @param environment what {@code ${env:NAME:-default}} may name; usually {@link System#getenv()}
   */
  public ConfigReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Reads the configuration of a home. */
  public ConfigResult read(Path home) {
    Path root = home.toAbsolutePath().normalize();
    Problems problems = new Problems();
    Optional<ServerConfig> config =
        new XmlReader(environment)
            .read(root.resolve(FILE), FILE, problems)
            .map(node -> read(root, node, problems));
    return config.isPresent() && problems.isEmpty()
        ? new ConfigResult.Valid(config.get())
        : new ConfigResult.Invalid(problems.sorted());
  }

  private static ServerConfig read(Path home, XmlNode node, Problems problems) {
    if (!node.name().equals("postrider")) {
      problems.add(node.place(), "the root element is " + node.shown(), "it has to be <postrider>");
    }
    try (Fields fields = new Fields(node, problems)) {
      Sections sections = new Sections(home, problems);
      List<ListenerConfig> listeners =
          fields
              .child("listeners")
              .map(child -> new ListenersReader(problems).read(child))
              .orElseGet(() -> noListeners(node, problems));
      List<LocalDomain> domains = domains(fields.child("domains"), problems);
      NetworksConfig networks = sections.networks(section(fields, "networks"));
      return new ServerConfig(
          home,
          hostName(fields, problems),
          domains,
          listeners,
          sections.tls(section(fields, "tls"), listeners),
          sections.storage(section(fields, "storage")),
          sections.dns(section(fields, "dns")),
          networks,
          sections.outbound(section(fields, "outbound")),
          sections.login(section(fields, "login"), networks),
          sections.bans(section(fields, "bans"), networks),
          sections.senders(section(fields, "senders"), domains),
          sections.directory(section(fields, "directory")),
          sections.pipeline(section(fields, "pipeline")),
          sections.http(section(fields, "http")),
          sections.flightRecorder(section(fields, "flight-recorder")),
          sections.admin(section(fields, "admin")),
          sections.logging(section(fields, "logging")));
    }
  }

  private static XmlNode section(Fields fields, String tag) {
    Place place = fields.node().place();
    return fields.child(tag).orElseGet(() -> new XmlNode(tag, Map.of(), "", List.of(), place));
  }

  private static List<ListenerConfig> noListeners(XmlNode node, Problems problems) {
    problems.add(
        node.place(),
        "<listeners> is missing, nobody could connect",
        "add <listeners> with a <listener name=\"smtp\" protocol=\"smtp\" port=\"25\"/>");
    return List.of();
  }

  private static String hostName(Fields fields, Problems problems) {
    Optional<XmlNode> node = fields.child("hostname");
    if (node.isEmpty()) {
      fields.problem(
          "<hostname> is missing",
          "add <hostname>mail.example.org</hostname> with your host's name");
      return "localhost";
    }
    try (Fields host = new Fields(node.get(), problems)) {
      return host.content(ConfigReader::hostName).orElse("localhost");
    }
  }

  private static String hostName(String text) {
    String name = Domains.normalise(text);
    if (name.startsWith("[")) {
      throw new IllegalArgumentException("'" + text + "' is an address, not the name of a host");
    }
    return name;
  }

  private static List<LocalDomain> domains(Optional<XmlNode> node, Problems problems) {
    Map<String, LocalDomain> domains = new LinkedHashMap<>();
    if (node.isPresent()) {
      try (Fields fields = new Fields(node.get(), problems)) {
        for (XmlNode child : fields.children("domain")) {
          domain(child, domains, problems);
        }
      }
    }
    return List.copyOf(domains.values());
  }

  private static void domain(XmlNode child, Map<String, LocalDomain> domains, Problems problems) {
    try (Fields domain = new Fields(child, problems)) {
      Optional<LocalDomain> read = domain.content(LocalDomain::new);
      if (read.isPresent() && domains.putIfAbsent(read.get().name(), read.get()) != null) {
        domain.problem("the domain '" + read.get().name() + "' is there twice", "keep one");
      }
    }
  }
}
