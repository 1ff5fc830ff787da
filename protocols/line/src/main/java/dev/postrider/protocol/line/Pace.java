package dev.postrider.protocol.line;

import java.time.Duration;

/**
 * How slow a peer may be where no command is concerned.
 *
 * @param handshake time for a TLS handshake, and for a PROXY header
 * @param write time in which a peer must take something of what is written to it
 * @param leastOctetsPerMinute of content while it is received and we are ready to take it
 */
public record Pace(Duration handshake, Duration write, long leastOctetsPerMinute) {

  /** Handshake 60 s, write 5 min, 4096 octets a minute. */
  public static final Pace DEFAULT = new Pace(Duration.ofSeconds(60), Duration.ofMinutes(5), 4096);
}
