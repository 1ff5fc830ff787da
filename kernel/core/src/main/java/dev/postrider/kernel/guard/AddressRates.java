package dev.postrider.kernel.guard;

import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits what each network ({@link ClientNetwork}) begins at each listener in a minute. Trusted
 * networks are not counted. Memory is bounded. Thread: any; answers from memory.
 */
public final class AddressRates {

  /** What is counted. */
  public enum Kind {
    /** Connections opened. */
    CONNECTIONS,
    /** Messages begun. */
    MESSAGES,
    /** Recipients named. */
    RECIPIENTS
  }

  private static final Logger LOG = LoggerFactory.getLogger(AddressRates.class);
  private static final int REMEMBERED = 50_000;

  private record Key(Kind kind, String listener, Network network) {}

  private final Map<String, RateLimits> limits;
  private final List<Network> trusted;
  private final TokenBuckets<Key> buckets;
  private final Map<Kind, LongAdder> refused = new EnumMap<>(Kind.class);

  /**
   * Begins with nothing counted.
   *
   * @param limits by listener; one that is not here has no limits
   * @param trusted who is not counted
   */
  public AddressRates(InstantSource clock, Map<String, RateLimits> limits, List<Network> trusted) {
    this.limits = Map.copyOf(limits);
    this.trusted = List.copyOf(trusted);
    this.buckets = new TokenBuckets<>(clock, REMEMBERED);
    for (Kind kind : Kind.values()) {
      refused.put(kind, new LongAdder());
    }
  }

  /** Without any limit. */
  public static AddressRates unlimited() {
    return new AddressRates(InstantSource.system(), Map.of(), List.of());
  }

  /** Counts one more; false where that is too many, and then it is not counted. */
  public boolean take(Kind kind, String listener, InetAddress client) {
    RateLimits limit = limits.get(listener);
    if (limit == null || trusted.stream().anyMatch(each -> each.contains(client))) {
      return true;
    }
    int perMinute =
        switch (kind) {
          case CONNECTIONS -> limit.connections();
          case MESSAGES -> limit.messages();
          case RECIPIENTS -> limit.recipients();
        };
    Network network = ClientNetwork.of(client);
    TokenBuckets.Answer answer = buckets.take(new Key(kind, listener, network), perMinute);
    if (answer == TokenBuckets.Answer.EMPTY) {
      LOG.info(
          "{}: {} is refused for now, it has more than {} {} a minute",
          listener,
          network,
          perMinute,
          kind.name().toLowerCase(Locale.ROOT));
    }
    if (answer != TokenBuckets.Answer.TAKEN) {
      refused.getOrDefault(kind, new LongAdder()).increment();
      return false;
    }
    return true;
  }

  /** How many of each kind were refused since the start. */
  public Map<Kind, LongAdder> refused() {
    return Map.copyOf(refused);
  }
}
