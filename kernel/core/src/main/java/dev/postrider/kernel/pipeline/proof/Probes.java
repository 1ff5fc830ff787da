package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Patience;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Stage;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Asks matchers and mailets about mails made for the purpose, where what they declare allows it. An
 * answer is remembered.
 */
final class Probes {

  static final EmailAddress SENDER = new EmailAddress("stranger", "elsewhere.example");
  static final EmailAddress RECIPIENT = new EmailAddress("someone", "foreign.example");

  // First the blocks of RFC 5737 and RFC 3849, which belong to nobody.
  private static final List<InetAddress> DOCUMENTATION =
      Stream.of("198.51.100.23", "203.0.113.23", "192.0.2.23", "2001:db8::23")
          .map(InetAddress::ofLiteral)
          .toList();

  private static final List<InetAddress> PUBLIC_V4 =
      IntStream.rangeClosed(1, 223)
          .filter(first -> first != 10 && first != 127)
          .mapToObj(first -> InetAddress.ofLiteral(first + ".77.5.3"))
          .toList();

  // 2000::/3 is all that is in use (RFC 4291 §2.4).
  private static final List<InetAddress> PUBLIC_V6 =
      IntStream.range(0x20, 0x40)
          .mapToObj(first -> InetAddress.ofLiteral(Integer.toHexString(first) + "05:77::3"))
          .toList();

  private final IdentityHashMap<Matcher, Boolean> wide = new IdentityHashMap<>();
  private final IdentityHashMap<Object, String> stuck = new IdentityHashMap<>();
  private final IdentityHashMap<Matcher, Map<Map<String, String>, Boolean>> matching =
      new IdentityHashMap<>();
  private final IdentityHashMap<Mailet, Map<Map<String, String>, Optional<Map<String, String>>>>
      after = new IdentityHashMap<>();
  private final Patience patience;

  /** Asks with this patience. */
  Probes(Patience patience) {
    this.patience = patience;
  }

  /** Matchers and mailets that did not come back when they were asked, and what is to say. */
  Map<Object, String> stuck() {
    return stuck;
  }

  // A matcher that fails here is no safeguard: it counts as one that does not match.
  private <T> T ask(Object plugin, T otherwise, Supplier<T> question) {
    if (stuck.containsKey(plugin)) {
      return otherwise;
    }
    try {
      return patience.call(question);
    } catch (Patience.Exhausted e) {
      stuck.put(plugin, String.valueOf(e.getMessage()));
      return otherwise;
    } catch (RuntimeException e) {
      return otherwise;
    }
  }

  /** Whether a network holds a quarter of the public addresses of IPv4 or IPv6. */
  boolean isWide(Criterion.Decided network) {
    return wide.computeIfAbsent(
        network.matcher(),
        _ ->
            holds(network, PUBLIC_V4) * 4 >= PUBLIC_V4.size()
                || holds(network, PUBLIC_V6) * 4 >= PUBLIC_V6.size());
  }

  private long holds(Criterion.Decided network, List<InetAddress> addresses) {
    return containing(network, addresses).size();
  }

  /** Those of the addresses that lie in the network. */
  List<InetAddress> containing(Criterion.Decided network, List<InetAddress> addresses) {
    Matcher matcher = network.matcher();
    return ask(
        matcher,
        List.of(),
        () ->
            addresses.stream()
                .filter(one -> matches(matcher, mail(one, Map.of())) != network.inverted())
                .toList());
  }

  /** Addresses that a stranger might have, the likeliest first. */
  static List<InetAddress> strangers() {
    List<InetAddress> all = new ArrayList<>(DOCUMENTATION);
    all.addAll(PUBLIC_V4);
    all.addAll(PUBLIC_V6);
    return all;
  }

  /** What a matcher that looks at attributes only says of these. */
  boolean matches(Criterion.Decided decided, Map<String, String> attributes) {
    Matcher matcher = decided.matcher();
    return matching
        .computeIfAbsent(matcher, _ -> new HashMap<>())
        .computeIfAbsent(
            attributes,
            with ->
                ask(matcher, false, () -> matches(matcher, mail(DOCUMENTATION.getFirst(), with))));
  }

  /** What a matcher says of what the sending host chooses. */
  boolean matches(Criterion.Decided decided, ReversePath from, String helo, Headers header) {
    String name = helo.isEmpty() ? SENDER.domain() : helo;
    Mail mail =
        new Mail(
            "proof",
            Stage.MESSAGE,
            new Client(DOCUMENTATION.getFirst(), name, "ESMTP", "smtp", Optional.empty(), false),
            Envelope.of(from, List.of(Recipient.of(RECIPIENT))),
            Message.none().withHeaders(header),
            Map.of(),
            Instant.EPOCH);
    return ask(decided.matcher(), false, () -> matches(decided.matcher(), mail));
  }

  /** The attributes after a mailet; empty where it fails or does not let the mail go on. */
  Optional<Map<String, String>> attributesAfter(Entry entry, Map<String, String> attributes) {
    return after
        .computeIfAbsent(entry.mailet(), _ -> new HashMap<>())
        .computeIfAbsent(attributes, with -> askAfter(entry, with));
  }

  // Where it fails, nothing is known, and that is what the answer says.
  private Optional<Map<String, String>> askAfter(Entry entry, Map<String, String> attributes) {
    return ask(
        entry.mailet(),
        Optional.empty(),
        () -> {
          Outcome outcome = entry.mailet().process(mail(DOCUMENTATION.getFirst(), attributes));
          return switch (outcome) {
            case Outcome.Continue(var mail, var _) -> Optional.of(mail.attributes());
            case Outcome.GoTo(var _, var mail) -> Optional.of(mail.attributes());
            case Outcome.Done _,
                Outcome.Refuse _,
                Outcome.Defer _,
                Outcome.Hold _,
                Outcome.Discard _ ->
                Optional.empty();
          };
        });
  }

  // Each by itself: one address that a matcher does not take says nothing about the others.
  private static boolean matches(Matcher matcher, Mail mail) {
    try {
      return !matcher.match(mail).isEmpty();
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static Mail mail(InetAddress address, Map<String, String> attributes) {
    return new Mail(
        "proof",
        Stage.MESSAGE,
        new Client(address, "elsewhere.example", "ESMTP", "smtp", Optional.empty(), false),
        Envelope.of(ReversePath.of(SENDER), List.of(Recipient.of(RECIPIENT))),
        Message.none(),
        attributes,
        Instant.EPOCH);
  }
}
