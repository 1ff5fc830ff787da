package dev.postrider.kernel.outbound;

import dev.postrider.kernel.dns.MxRouting;
import dev.postrider.kernel.dns.Routing;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A worker's way to a destination: opens a channel to the first host that lets it, and keeps it for
 * the mails that follow. Thread: one at a time; blocks.
 */
final class Connection implements AutoCloseable {

  private static final int MOST_HOSTS = 6;
  private static final int CLOSING = 421;

  private final Transport transport;
  private final MxRouting routing;
  private final OutboundPolicy policy;
  private final String heloName;

  private Transport.@Nullable Channel channel;
  private String host = "";
  private @Nullable Route route;
  private int sent;

  Connection(Transport transport, MxRouting routing, OutboundPolicy policy, String heloName) {
    this.transport = transport;
    this.routing = routing;
    this.policy = policy;
    this.heloName = heloName;
  }

  /**
   * What a try came to.
   *
   * @param results for every recipient
   * @param unreachable whether no host of the destination let us in
   * @param unheard whether the connection broke before the host answered anything to this mail
   */
  record Tried(Map<Recipient, RecipientResult> results, boolean unreachable, boolean unheard) {}

  /** What getting in came to: a channel, or the reason for all recipients. */
  private sealed interface Opened {
    record Open(Transport.Channel channel) implements Opened {}

    record Shut(RecipientResult reason) implements Opened {}
  }

  /** Whether there is a channel that can take another mail. */
  boolean isOpen() {
    return channel != null && channel.reusable() && sent < policy.messagesPerConnection();
  }

  Tried send(QueueEntry entry, Content message) {
    boolean reused = isUsable(entry);
    Tried tried = sendOnce(entry, message);
    // A host that ends a session between two mails has not looked at the second one.
    return reused && channel == null && (tried.unheard() || allClosing(tried))
        ? sendOnce(entry, message)
        : tried;
  }

  private boolean allClosing(Tried tried) {
    return tried.results().values().stream()
        .allMatch(
            result ->
                result instanceof RecipientResult.Deferred deferred
                    && deferred.host().isPresent()
                    && deferred.text().startsWith(CLOSING + " "));
  }

  private boolean isUsable(QueueEntry entry) {
    return isOpen() && entry.route().equals(route);
  }

  private Tried sendOnce(QueueEntry entry, Content message) {
    if (!isUsable(entry)) {
      close();
      switch (open(entry)) {
        case Opened.Open(Transport.Channel opened) -> channel = opened;
        case Opened.Shut(RecipientResult reason) -> {
          return new Tried(all(entry, reason), reason instanceof RecipientResult.Deferred, false);
        }
      }
      route = entry.route();
      sent = 0;
    }
    Transport.Channel through = channel;
    if (through == null) {
      throw new IllegalStateException("a channel was opened and is gone");
    }
    Transport.Transfer transfer = through.send(entry.envelope(), message);
    sent++;
    if (transfer.broken().isPresent() || !through.reusable()) {
      close();
    }
    return new Tried(results(entry, transfer), false, transfer.unheard());
  }

  private Map<Recipient, RecipientResult> results(QueueEntry entry, Transport.Transfer transfer) {
    String broken = "The connection broke: " + transfer.broken().orElse("no reason is known");
    Map<Recipient, RecipientResult> out = new LinkedHashMap<>();
    for (Recipient recipient : entry.envelope().recipients()) {
      Transport.Reply reply = transfer.replies().get(recipient);
      out.put(
          recipient,
          reply == null
              ? RecipientResult.of(Status.temporary("4.4.2", limited(host + ": " + broken)))
              : RecipientResult.of(reply, transfer.dsnOffered()));
    }
    return out;
  }

  private static Map<Recipient, RecipientResult> all(QueueEntry entry, RecipientResult result) {
    Map<Recipient, RecipientResult> out = new LinkedHashMap<>();
    entry.envelope().recipients().forEach(recipient -> out.put(recipient, result));
    return out;
  }

  private Opened open(QueueEntry entry) {
    return switch (routing.route(entry.route(), entry.destination())) {
      case Routing.Nowhere(Status status) -> new Opened.Shut(RecipientResult.of(status));
      case Routing.Hosts(List<Routing.Target> targets) ->
          firstOf(entry.route(), targets.subList(0, Math.min(targets.size(), MOST_HOSTS)));
    };
  }

  private Opened firstOf(Route to, List<Routing.Target> targets) {
    Optional<RecipientResult> last = Optional.empty();
    boolean hopeless = true;
    for (Routing.Target target : targets) {
      switch (transport.connect(host(to, target))) {
        case Transport.Connected.Ready(Transport.Channel ready) -> {
          host = target.host();
          return new Opened.Open(ready);
        }
        case Transport.Connected.Declined(Transport.Reply reply) -> {
          hopeless &= reply.isPermanent() && isAboutMail(reply);
          last = Optional.of(RecipientResult.of(reply, false));
        }
        case Transport.Connected.Unreachable(String reason) -> {
          hopeless = false;
          last =
              last.or(
                  () ->
                      Optional.of(RecipientResult.of(Status.temporary("4.4.1", limited(reason)))));
        }
      }
    }
    RecipientResult reason =
        last.orElseGet(() -> RecipientResult.of(Status.temporary("4.4.4", "No host to try.")));
    return new Opened.Shut(hopeless ? reason : temporary(reason));
  }

  // TLS and logins fail because of a configuration, and those can be mended while mail waits.
  private static boolean isAboutMail(Transport.Reply reply) {
    return !reply.command().startsWith("AUTH") && !reply.command().startsWith("STARTTLS");
  }

  private static RecipientResult temporary(RecipientResult reason) {
    return reason instanceof RecipientResult.Rejected(var _, Optional<String> by, String text)
        ? new RecipientResult.Deferred(EnhancedStatus.parse("4.4.1"), by, text)
        : reason;
  }

  private Transport.Host host(Route to, Routing.Target target) {
    return switch (to) {
      case Route.Direct _ ->
          new Transport.Host(
              target.host(),
              target.address(),
              heloName,
              false,
              Optional.empty(),
              policy.connectTimeout());
      case Route.SmartHost(var _, int _, Optional<Route.Credentials> login, boolean requireTls) ->
          new Transport.Host(
              target.host(),
              target.address(),
              heloName,
              requireTls,
              login,
              policy.connectTimeout());
    };
  }

  private static String limited(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), 400));
    for (int i = 0; i < text.length() && i < 400; i++) {
      out.append(Character.isISOControl(text.charAt(i)) ? '?' : text.charAt(i));
    }
    return out.toString();
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
