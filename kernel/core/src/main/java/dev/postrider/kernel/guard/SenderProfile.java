package dev.postrider.kernel.guard;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of a login as a sender. Thread: callers hold its lock. */
final class SenderProfile {

  /** Recipients that are known at most; those not written to for longest are forgotten first. */
  static final int MOST_KNOWN = 4000;

  private static final int MOST_NETWORKS = 20;
  private static final Duration TOLD_AGAIN = Duration.ofDays(1);
  private static final Duration SUSPECT = Duration.ofHours(6);
  private static final Duration HISTORY = Duration.ofDays(3);
  private static final int MAILS_OF_HISTORY = 10;
  private static final double FAILURES = 20;

  SenderLevels levels;
  private Instant toldOfLimit = Instant.EPOCH;
  private Instant toldOfHold = Instant.EPOCH;
  private Instant suspectUntil = Instant.EPOCH;
  private final SequencedMap<Network, Boolean> networks = new LinkedHashMap<>();
  // By hash: whom somebody writes to is nobody's business. The value is the day of the last mail.
  final Map<Long, Integer> known = new HashMap<>();

  SenderProfile(Instant now) {
    this.levels = SenderLevels.none(now);
  }

  /** FNV-1a of 64 bits over the folded address. */
  static long hash(EmailAddress recipient) {
    String text = recipient.folded().toString();
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  int news(Set<EmailAddress> elsewhere) {
    return (int) elsewhere.stream().filter(each -> !known.containsKey(hash(each))).count();
  }

  /** Why a mail has to be held; empty where it need not. */
  Optional<String> suspicion(InetAddress from, int news, SenderPolicy policy, Instant now) {
    if (now.isBefore(suspectUntil)) {
      return Optional.of("the login was suspect lately");
    }
    SenderLevels next = levels.at(now, policy).sent(0, news);
    boolean history = next.mails() > MAILS_OF_HISTORY && !now.isBefore(next.since().plus(HISTORY));
    double burst = Math.max(policy.burst(), 3 * next.usual());
    if (history && news > 0 && next.hour() >= burst && !networks.containsKey(network(from))) {
      return Optional.of(
          "%.0f new recipients within an hour, from a network that is new for the login"
              .formatted(next.hour()));
    }
    if (next.failed() >= FAILURES && next.failed() * 3 > next.named() + next.failed()) {
      return Optional.of(
          "%.0f of the recipients of the last day don't exist or bounced".formatted(next.failed()));
    }
    return Optional.empty();
  }

  void suspect(Instant now) {
    if (!now.isBefore(suspectUntil)) {
      suspectUntil = now.plus(SUSPECT);
    }
  }

  /** The admin let mail of this login go on from there. */
  void trust(InetAddress from) {
    suspectUntil = Instant.EPOCH;
    levels = levels.failed((int) -levels.failed());
    learn(from);
  }

  void learn(InetAddress from) {
    networks.putLast(network(from), Boolean.TRUE);
    while (networks.size() > MOST_NETWORKS) {
      networks.pollFirstEntry();
    }
  }

  // Where somebody is: providers give out addresses of one neighbourhood.
  private static Network network(InetAddress client) {
    byte[] octets = client.getAddress();
    int kept = octets.length == 4 ? 3 : 6;
    Arrays.fill(octets, kept, octets.length, (byte) 0);
    try {
      return new Network(InetAddress.getByAddress(octets), kept * 8);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address is an address", e);
    }
  }

  boolean tellOfLimit(Instant now) {
    boolean due = !now.isBefore(toldOfLimit.plus(TOLD_AGAIN));
    toldOfLimit = due ? now : toldOfLimit;
    return due;
  }

  boolean tellOfHold(Instant now) {
    boolean due = !now.isBefore(toldOfHold.plus(TOLD_AGAIN));
    toldOfHold = due ? now : toldOfHold;
    return due;
  }

  /** Forgets those not written to for longest where there are too many; their hashes. */
  List<Long> forget() {
    int over = known.size() - MOST_KNOWN;
    if (over <= 0) {
      return List.of();
    }
    List<Long> old =
        known.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .limit(over)
            .map(Map.Entry::getKey)
            .toList();
    old.forEach(known::remove);
    return old;
  }

  String written() {
    List<String> lines = new ArrayList<>();
    lines.add(levels.written());
    lines.add(
        toldOfLimit.getEpochSecond()
            + " "
            + toldOfHold.getEpochSecond()
            + " "
            + suspectUntil.getEpochSecond());
    lines.add(networks.keySet().stream().map(Network::toString).collect(Collectors.joining(" ")));
    return String.join("\n", lines);
  }

  /**
   * As {@link #written}.
   *
   * @throws RuntimeException for anything else
   */
  void read(String text) {
    String[] lines = text.split("\n", -1);
    levels = SenderLevels.read(lines[0]);
    String[] times = lines[1].split(" ", -1);
    toldOfLimit = Instant.ofEpochSecond(Long.parseLong(times[0]));
    toldOfHold = Instant.ofEpochSecond(Long.parseLong(times[1]));
    suspectUntil = Instant.ofEpochSecond(Long.parseLong(times[2]));
    for (String network : lines[2].split(" ", -1)) {
      if (!network.isEmpty()) {
        networks.putLast(Network.parse(network), Boolean.TRUE);
      }
    }
  }
}
