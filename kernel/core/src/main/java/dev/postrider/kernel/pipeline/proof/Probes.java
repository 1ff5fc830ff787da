package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Stage;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Whether a network holds a quarter of the public addresses of IPv4 or IPv6. */
  boolean isWide(Criterion.Decided network) {
    return wide.computeIfAbsent(
        network.matcher(),
        _ ->
            holds(network, PUBLIC_V4) * 4 >= PUBLIC_V4.size()
                || holds(network, PUBLIC_V6) * 4 >= PUBLIC_V6.size());
  }

  private static long holds(Criterion.Decided network, List<InetAddress> addresses) {
    return addresses.stream().filter(address -> contains(network, address)).count();
  }

  static boolean contains(Criterion.Decided network, InetAddress address) {
    return matches(network.matcher(), mail(address, Map.of())) != network.inverted();
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
    return matches(decided.matcher(), mail(DOCUMENTATION.getFirst(), attributes));
  }

  /** What a matcher says of what the sending host chooses. */
  static boolean matches(Criterion.Decided decided, ReversePath from, String helo, Headers header) {
    String name = helo.isEmpty() ? SENDER.domain() : helo;
    return matches(
        decided.matcher(),
        new Mail(
            "proof",
            Stage.MESSAGE,
            new Client(DOCUMENTATION.getFirst(), name, "ESMTP", "smtp", Optional.empty(), false),
            Envelope.of(from, List.of(Recipient.of(RECIPIENT))),
            Message.none().withHeaders(header),
            Map.of(),
            Instant.EPOCH));
  }

  /** The attributes after a mailet; empty where it fails or does not let the mail go on. */
  Optional<Map<String, String>> attributesAfter(Entry entry, Map<String, String> attributes) {
    try {
      return switch (entry.mailet().process(mail(DOCUMENTATION.getFirst(), attributes))) {
        case Outcome.Continue(var after, var _) -> Optional.of(after.attributes());
        case Outcome.GoTo(var _, var after) -> Optional.of(after.attributes());
        case Outcome.Done _, Outcome.Refuse _, Outcome.Defer _, Outcome.Hold _, Outcome.Discard _ ->
            Optional.empty();
      };
    } catch (RuntimeException e) {
      // Nothing is known then, and that is what the answer says.
      return Optional.empty();
    }
  }

  // A matcher that fails here is no safeguard: it counts as one that does not match.
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
