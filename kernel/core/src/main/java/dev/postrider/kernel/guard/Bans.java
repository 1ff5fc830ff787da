package dev.postrider.kernel.guard;

import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts offences of networks ({@link ClientNetwork}) as points that decay, and bans those with too
 * many for a time that grows. Bans outlast a restart, points don't. Memory and store are bounded.
 * Thread: any; what event loops ask is answered from memory, bans are written down by others.
 */
public final class Bans implements Offences {
  private static final Logger LOG = LoggerFactory.getLogger(Bans.class);
  private static final int REMEMBERED = 50_000;
  private static final int MOST_BANS = 10_000;
  private static final double CREDIT = 2;

  private record Points(double points, Instant at) {}

  private final InstantSource clock;
  private final BanPolicy policy;
  private final BanRows rows;
  private final Executor background;
  private final Map<Network, Points> points;
  private final SequencedMap<Network, Ban> bans = new LinkedHashMap<>();
  private final List<Network> wide = new ArrayList<>();
  private final Map<Offence, LongAdder> counts = new EnumMap<>(Offence.class);

  /**
   * Begins with the bans that were written down.
   *
   * @param background writes bans down; may block
   */
  public Bans(InstantSource clock, BanPolicy policy, BanRows rows, Executor background) {
    this.clock = clock;
    this.policy = policy;
    this.rows = rows;
    this.background = background;
    this.points =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Network, Points> eldest) {
            return size() > REMEMBERED;
          }
        };
    for (Offence offence : Offence.values()) {
      counts.put(offence, new LongAdder());
    }
    rows.all().stream()
        .filter(ban -> !isForgotten(ban, clock.instant()))
        .limit(MOST_BANS)
        .forEach(this::remember);
  }

  /** Whether this client is not let in now. */
  @Override
  public synchronized boolean isBanned(InetAddress client) {
    if (bans.isEmpty() || policy.trusts(client)) {
      return false;
    }
    Instant now = clock.instant();
    return Stream.concat(
            Stream.of(ClientNetwork.of(client)), wide.stream().filter(n -> n.contains(client)))
        .map(bans::get)
        .anyMatch(ban -> ban != null && now.isBefore(ban.until()));
  }

  /** Counts an offence; the network may be banned from now on. */
  @Override
  public void offend(InetAddress client, Offence offence) {
    int worth = policy.points().getOrDefault(offence, 0);
    counts.getOrDefault(offence, new LongAdder()).increment();
    if (policy.threshold() == 0 || worth == 0 || policy.trusts(client)) {
      return;
    }
    Network network = ClientNetwork.of(client);
    synchronized (this) {
      Instant now = clock.instant();
      double sum = left(network, now) + worth;
      points.put(network, new Points(sum, now));
      if (sum >= policy.threshold() && !isBanned(client)) {
        points.remove(network);
        int number = number(network, now);
        String reason = "too many offences, at last: " + words(offence);
        put(new Ban(network, now.plus(policy.length(number)), number, reason));
      }
    }
  }

  /** A good deed, which makes up for a few points. */
  public synchronized void credit(InetAddress client) {
    Network network = ClientNetwork.of(client);
    if (points.containsKey(network)) {
      Instant now = clock.instant();
      points.put(network, new Points(Math.max(0, left(network, now) - CREDIT), now));
    }
  }

  private double left(Network network, Instant now) {
    Points before = points.get(network);
    if (before == null) {
      return 0;
    }
    double halfLives =
        Math.max(0, (double) Duration.between(before.at(), now).toMillis())
            / policy.halfLife().toMillis();
    return before.points() * Math.pow(0.5, halfLives);
  }

  private int number(Network network, Instant now) {
    Ban before = bans.get(network);
    return before == null || isForgotten(before, now) ? 1 : before.number() + 1;
  }

  private boolean isForgotten(Ban ban, Instant now) {
    return !now.isBefore(ban.until().plus(policy.forgetAfter()));
  }

  private void put(Ban ban) {
    LOG.warn("{} is banned until {}: {}", ban.network(), ban.until(), ban.reason());
    remember(ban);
    background.execute(() -> write(ban.network()));
    while (bans.size() > MOST_BANS) {
      Network eldest = eldest();
      forget(eldest);
      background.execute(() -> write(eldest));
    }
  }

  // A storm of offenders does not end the long bans that an admin gave.
  private Network eldest() {
    Instant byItself = clock.instant().plus(policy.longest());
    return bans.values().stream()
        .filter(ban -> !ban.until().isAfter(byItself))
        .map(Ban::network)
        .findFirst()
        .orElseGet(() -> bans.firstEntry().getKey());
  }

  private void remember(Ban ban) {
    bans.putLast(ban.network(), ban);
    boolean single = ClientNetwork.of(ban.network().base()).equals(ban.network());
    if (!single && !wide.contains(ban.network())) {
      wide.add(ban.network());
    }
  }

  private boolean forget(Network network) {
    wide.remove(network);
    points.remove(network);
    return bans.remove(network) != null;
  }

  // Writes what holds now, so that two that overtake each other end up right.
  private void write(Network network) {
    try {
      synchronized (rows) {
        Optional<Ban> ban;
        synchronized (this) {
          ban = Optional.ofNullable(bans.get(network));
        }
        ban.ifPresentOrElse(rows::put, () -> rows.remove(network));
      }
    } catch (RuntimeException e) {
      LOG.error("the ban of {} can't be written down; it ends with this process", network, e);
    }
  }

  /** Bans that hold now, those that end first at the front. */
  public synchronized List<Ban> list() {
    Instant now = clock.instant();
    return bans.values().stream()
        .filter(ban -> now.isBefore(ban.until()))
        .sorted((one, other) -> one.until().compareTo(other.until()))
        .toList();
  }

  /**
   * Bans by hand; durable when it returns.
   *
   * @return empty where the network is trusted, in part or as a whole
   */
  public Optional<Ban> ban(Network network, Duration length, String reason) {
    boolean trusted =
        policy.trusted().stream()
            .anyMatch(t -> t.contains(network.base()) || network.contains(t.base()));
    if (trusted) {
      return Optional.empty();
    }
    Ban ban;
    synchronized (this) {
      Instant now = clock.instant();
      ban = new Ban(network, now.plus(length), number(network, now), reason);
      remember(ban);
    }
    write(network);
    return Optional.of(ban);
  }

  /** Lifts a ban and forgets all offences; durable when it returns; false where there is none. */
  public boolean lift(Network network) {
    boolean known;
    synchronized (this) {
      known = forget(network);
    }
    write(network);
    return known;
  }

  /** Offences since the start. */
  public Map<Offence, LongAdder> counts() {
    return Map.copyOf(counts);
  }

  private static String words(Offence offence) {
    return offence.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
