package dev.postrider.kernel.host.config;

import dev.postrider.kernel.guard.RateLimits;
import dev.postrider.kernel.guard.Reaction;
import dev.postrider.kernel.guard.SenderRateLimits;
import dev.postrider.plugin.ByteSize;
import java.time.Duration;

/**
 * What one listener and one session of it may use up. Limits per address don't hold for trusted
 * networks.
 *
 * @param connections at a time on the listener
 * @param connectionsPerAddress at a time from one IP address
 * @param rates what one IPv4 address or IPv6 /64 may begin in a minute
 * @param senderRates what one envelope sender may begin, from all networks together
 * @param greetDelay how long the greeting waits for a client that speaks first
 * @param earlyTalkers what becomes of a client that does
 * @param badPipelining what becomes of a client that sends ahead where it has to wait
 * @param messageSize of one mail, told in SIZE (RFC 1870)
 * @param recipients of one mail (RFC 5321 §4.5.3.1.8 asks for at least 100)
 * @param mails in one session
 * @param commands in one session
 * @param errors in one session, after which it ends
 * @param commandLine octets of one command line with its line end
 * @param commandTimeout how long to wait for the next command
 * @param progress octets of a message that a sending peer must manage in each minute
 */
public record SessionLimits(
    int connections,
    int connectionsPerAddress,
    RateLimits rates,
    SenderRateLimits senderRates,
    Duration greetDelay,
    Reaction earlyTalkers,
    Reaction badPipelining,
    ByteSize messageSize,
    int recipients,
    int mails,
    int commands,
    int errors,
    int commandLine,
    Duration commandTimeout,
    ByteSize progress) {

  /** What is used where nothing is configured. */
  public static SessionLimits defaults() {
    return new SessionLimits(
        5000,
        50,
        RateLimits.DEFAULT,
        SenderRateLimits.DEFAULT,
        Duration.ofMillis(100),
        Reaction.REFUSE,
        Reaction.REFUSE,
        ByteSize.parse("50m"),
        1000,
        1000,
        10_000,
        20,
        4096,
        Duration.ofMinutes(5),
        ByteSize.parse("4k"));
  }
}
