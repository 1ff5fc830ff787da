package dev.postrider.kernel.outbound;

import java.time.Duration;
import java.util.List;

/**
 * How mail goes out.
 *
 * @param port of other hosts for direct routes, usually 25
 * @param allowPrivateDestinations whether direct routes may lead to loopback and private addresses
 * @param connections at most at a time in all
 * @param connectionsPerDestination at most at a time to one destination
 * @param messagesPerConnection after which a connection is closed
 * @param retrySchedule delays after the first, second, … failed try; the last one repeats; each is
 *     varied by up to a tenth
 * @param expireAfter when the recipients that are left bounce
 * @param delayWarningAfter when the sender is told once that mail is late
 * @param connectTimeout for one TCP connection
 */
public record OutboundPolicy(
    int port,
    boolean allowPrivateDestinations,
    int connections,
    int connectionsPerDestination,
    int messagesPerConnection,
    List<Duration> retrySchedule,
    Duration expireAfter,
    Duration delayWarningAfter,
    Duration connectTimeout) {

  /** Copies the list. */
  public OutboundPolicy {
    retrySchedule = List.copyOf(retrySchedule);
    if (retrySchedule.isEmpty()) {
      throw new IllegalArgumentException("the retry schedule needs at least one delay");
    }
  }

  /** What is used where nothing is configured. */
  public static OutboundPolicy defaults() {
    return new OutboundPolicy(
        25,
        false,
        200,
        10,
        100,
        List.of(
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4)),
        Duration.ofDays(5),
        Duration.ofHours(4),
        Duration.ofSeconds(30));
  }
}
