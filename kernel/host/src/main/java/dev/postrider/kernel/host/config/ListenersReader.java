package dev.postrider.kernel.host.config;

import dev.postrider.kernel.guard.RateLimits;
import dev.postrider.kernel.guard.Reaction;
import dev.postrider.kernel.guard.SenderRateLimits;
import dev.postrider.kernel.host.xml.Fields;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.ByteSize;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code <listeners>}. */
final class ListenersReader {

  // Honest peers wait five minutes for a greeting (RFC 5321 §4.5.3.2.1), and each waits for it.
  private static final Duration LONGEST_GREET_DELAY = Duration.ofMinutes(1);
  private static final String OFF = "off";
  // RFC 5321 §4.5.3.1.7; beyond the other no store could hold a spool.
  private static final ByteSize LEAST_MESSAGE = ByteSize.parse("64k");
  private static final ByteSize MOST_MESSAGE = ByteSize.parse("1024g");

  private final Problems problems;
  private final Map<String, Place> names = new HashMap<>();
  private final List<ListenerConfig> open = new ArrayList<>();

  ListenersReader(Problems problems) {
    this.problems = problems;
  }

  List<ListenerConfig> read(XmlNode node) {
    try (Fields fields = new Fields(node, problems)) {
      SessionLimits common = limits(fields, SessionLimits.defaults());
      List<ListenerConfig> on = new ArrayList<>();
      for (XmlNode child : fields.children("listener")) {
        listener(child, common).ifPresent(on::add);
      }
      if (on.isEmpty() && problems.isEmpty()) {
        fields.problem("no listener is on, nobody could connect", "give one of them a port");
      }
      return on;
    }
  }

  private Optional<ListenerConfig> listener(XmlNode node, SessionLimits common) {
    try (Fields fields = new Fields(node, problems)) {
      Optional<String> name = fields.required("name");
      fields.required("protocol");
      Optional<Protocol> protocol = fields.choice("protocol", Protocol.class);
      InetAddress address = fields.value("address", anyAddress(), ListenersReader::address);
      Optional<Integer> port = port(fields);
      TlsMode tls = fields.choice("tls", TlsMode.class).orElse(TlsMode.NONE);
      SessionLimits limits = limits(fields, common);
      name.ifPresent(text -> checkName(fields, text));
      if (name.isEmpty() || protocol.isEmpty() || port.isEmpty()) {
        return Optional.empty();
      }
      InetSocketAddress bind = new InetSocketAddress(address, port.get());
      ListenerConfig listener =
          new ListenerConfig(name.get(), protocol.get(), bind, tls, limits, node.place());
      checkBind(fields, listener);
      checkSafety(fields, protocol.get(), address, tls);
      open.add(listener);
      return Optional.of(listener);
    }
  }

  private static SessionLimits limits(Fields outer, SessionLimits base) {
    Optional<XmlNode> node = outer.child("limits");
    return node.isEmpty() ? base : limits(node.get(), outer, base);
  }

  private static SessionLimits limits(XmlNode node, Fields outer, SessionLimits base) {
    int many = 1_000_000;
    try (Fields fields = outer.into(node)) {
      return new SessionLimits(
          fields.integer("connections", base.connections(), 1, many),
          fields.integer("connections-per-address", base.connectionsPerAddress(), 1, many),
          rates(fields, base.rates()),
          senderRates(fields, base.senderRates()),
          fields.duration("greet-delay", base.greetDelay(), LONGEST_GREET_DELAY),
          fields.choice("early-talkers", Reaction.class).orElse(base.earlyTalkers()),
          fields.choice("bad-pipelining", Reaction.class).orElse(base.badPipelining()),
          fields.size("message-size", base.messageSize(), LEAST_MESSAGE, MOST_MESSAGE),
          fields.integer("recipients", base.recipients(), 100, 50_000),
          fields.integer("mails", base.mails(), 1, many),
          fields.integer("commands", base.commands(), 10, many),
          fields.integer("errors", base.errors(), 1, many),
          fields.integer("command-line", base.commandLine(), 512, 65_536),
          fields.duration("command-timeout", base.commandTimeout()),
          fields.size("progress", base.progress(), ByteSize.parse("0"), MOST_MESSAGE));
    }
  }

  private static RateLimits rates(Fields fields, RateLimits base) {
    int many = 1_000_000;
    return new RateLimits(
        fields.integer("connection-rate", base.connections(), 1, many),
        fields.integer("message-rate", base.messages(), 1, many),
        fields.integer("recipient-rate", base.recipients(), 1, many));
  }

  private static SenderRateLimits senderRates(Fields fields, SenderRateLimits base) {
    int many = 1_000_000;
    return new SenderRateLimits(
        fields.integer("sender-rate", base.messages(), 0, many),
        fields.integer("sender-domain-rate", base.ofDomain(), 0, many),
        fields.integer("sender-at-once", base.atOnce(), 0, many));
  }

  private static Optional<Integer> port(Fields fields) {
    Optional<String> text = fields.required("port");
    return text.isEmpty() || text.get().equals(OFF)
        ? Optional.empty()
        : Optional.of(fields.integer("port", 0, 0, 65_535));
  }

  private static InetAddress anyAddress() {
    return InetAddress.ofLiteral("0.0.0.0");
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an IP address such as 127.0.0.1, 0.0.0.0 or ::", e);
    }
  }

  private void checkName(Fields fields, String name) {
    Place first = names.putIfAbsent(name, fields.node().place());
    if (first != null) {
      fields.problem(
          "a second listener has the name '" + name + "', first in line " + first.line(),
          "give it another name");
    }
  }

  private void checkBind(Fields fields, ListenerConfig listener) {
    for (ListenerConfig other : open) {
      if (overlap(other.bind(), listener.bind())) {
        fields.problem(
            "the listeners '%s' and '%s' both want port %d of %s"
                .formatted(
                    other.name(),
                    listener.name(),
                    listener.bind().getPort(),
                    listener.bind().getAddress().getHostAddress()),
            "give one of them another port, or port=\"off\"");
        return;
      }
    }
  }

  private static boolean overlap(InetSocketAddress one, InetSocketAddress other) {
    return one.getPort() != 0
        && one.getPort() == other.getPort()
        && (one.getAddress().equals(other.getAddress())
            || one.getAddress().isAnyLocalAddress()
            || other.getAddress().isAnyLocalAddress());
  }

  private static void checkSafety(
      Fields fields, Protocol protocol, InetAddress address, TlsMode tls) {
    switch (protocol) {
      case SUBMISSION, POP3 -> {
        if (tls == TlsMode.NONE) {
          fields.problem(
              "nobody could log in at " + fields.node().shown() + " without TLS",
              "write tls=\"starttls\" or tls=\"implicit\"");
        }
      }
      case ADMIN -> {
        if (!address.isLoopbackAddress()) {
          fields.problem(
              "administration may only listen on loopback, not on " + address.getHostAddress(),
              "write address=\"127.0.0.1\" and use an SSH tunnel");
        }
        if (tls != TlsMode.NONE) {
          fields.problem("administration has no TLS", "remove tls=\"…\"; it is on loopback");
        }
      }
      case SMTP, LMTP -> {}
    }
  }
}
