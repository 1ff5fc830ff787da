package dev.postrider.kernel.guard;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits what comes with one envelope sender (RFC 5321 §4.1.1.2), whatever networks it comes from.
 * Messages of hosts that a check has shown to send for the domain are counted apart from those of
 * others, so that a forger can't use up what the domain itself may send. The null sender belongs to
 * everybody and is not counted, nor are trusted networks. Memory is bounded. Thread: any; answers
 * from memory.
 */
public final class SenderRates {

  /** What is counted. */
  public enum Kind {
    /** Messages begun with one address. */
    SENDER,
    /** Messages begun with the addresses of one domain. */
    SENDER_DOMAIN,
    /** Messages with one address that wait for their answer. */
    SENDER_AT_ONCE
  }

  /** A message that is being worked on. */
  @FunctionalInterface
  public interface Turn extends AutoCloseable {

    /** One of a sender that is not counted. */
    Turn UNCOUNTED = () -> {};

    @Override
    void close();
  }

  private static final Logger LOG = LoggerFactory.getLogger(SenderRates.class);
  private static final int REMEMBERED = 20_000;

  private record Key(Kind kind, String listener, String name, boolean proven) {}

  private final Map<String, SenderRateLimits> limits;
  private final List<Network> trusted;
  private final TokenBuckets<Key> buckets;
  private final ProvenHosts proven;
  private final Map<Key, Integer> open = new HashMap<>();
  private final Map<Kind, LongAdder> refused = new EnumMap<>(Kind.class);

  /**
   * Begins with nothing counted.
   *
   * @param limits by listener; one that is not here has no limits
   * @param trusted who is not counted
   */
  public SenderRates(
      InstantSource clock, Map<String, SenderRateLimits> limits, List<Network> trusted) {
    this.limits = Map.copyOf(limits);
    this.trusted = List.copyOf(trusted);
    this.buckets = new TokenBuckets<>(clock, REMEMBERED);
    this.proven = new ProvenHosts(clock, REMEMBERED);
    for (Kind kind : Kind.values()) {
      refused.put(kind, new LongAdder());
    }
  }

  /**
   * Counts one more message that begins.
   *
   * @return the limit that it would exceed, if any
   */
  public Optional<Kind> take(String listener, InetAddress client, EmailAddress sender) {
    SenderRateLimits limit = limit(listener, client);
    EmailAddress folded = sender.folded();
    boolean isProven = proven.contains(folded.domain(), client);
    // The address first: one that floods leaves the rest of its domain what is theirs.
    Key address = new Key(Kind.SENDER, listener, folded.toString(), isProven);
    Key domain = new Key(Kind.SENDER_DOMAIN, listener, folded.domain(), isProven);
    return take(address, limit.messages()).or(() -> take(domain, limit.ofDomain()));
  }

  private Optional<Kind> take(Key key, int perMinute) {
    if (perMinute == 0) {
      return Optional.empty();
    }
    TokenBuckets.Answer answer = buckets.take(key, perMinute);
    if (answer == TokenBuckets.Answer.TAKEN) {
      return Optional.empty();
    }
    if (answer == TokenBuckets.Answer.EMPTY) {
      LOG.info(
          "{}: the sender {} is refused for now, it has more than {} messages a minute{}",
          key.listener(),
          key.name(),
          perMinute,
          key.proven() ? "" : " from hosts that SPF does not know");
    }
    return refuse(key.kind());
  }

  private Optional<Kind> refuse(Kind kind) {
    refused.getOrDefault(kind, new LongAdder()).increment();
    return Optional.of(kind);
  }

  /**
   * A message of this sender was handed over whole and waits for its answer.
   *
   * @return its turn, which ends when it is closed; empty where too many have one
   */
  public Optional<Turn> begin(String listener, InetAddress client, EmailAddress sender) {
    int most = limit(listener, client).atOnce();
    if (most == 0) {
      return Optional.of(Turn.UNCOUNTED);
    }
    EmailAddress folded = sender.folded();
    boolean isProven = proven.contains(folded.domain(), client);
    Key key = new Key(Kind.SENDER_AT_ONCE, listener, folded.toString(), isProven);
    synchronized (open) {
      int now = open.getOrDefault(key, 0);
      if (now < most) {
        open.put(key, now + 1);
        return Optional.of(() -> end(key));
      }
    }
    refuse(key.kind());
    return Optional.empty();
  }

  private void end(Key key) {
    synchronized (open) {
      open.computeIfPresent(key, (_, now) -> now > 1 ? now - 1 : null);
    }
  }

  /** A check has shown that this client may send for the domain of this sender. */
  public void prove(InetAddress client, EmailAddress sender) {
    proven.add(sender.folded().domain(), client);
  }

  private SenderRateLimits limit(String listener, InetAddress client) {
    return trusted.stream().anyMatch(each -> each.contains(client))
        ? SenderRateLimits.NONE
        : limits.getOrDefault(listener, SenderRateLimits.NONE);
  }

  /** How many of each kind were refused since the start. */
  public Map<Kind, LongAdder> refused() {
    return Map.copyOf(refused);
  }
}
