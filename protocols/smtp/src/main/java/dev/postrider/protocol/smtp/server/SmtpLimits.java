package dev.postrider.protocol.smtp.server;

import dev.postrider.protocol.line.ConnectionLimits;
import java.time.Duration;

/**
 * What one listener and one session of it may use up.
 *
 * @param connections open at once, in all and per address
 * @param messageSize octets of a message, told with SIZE (RFC 1870)
 * @param recipients of one message (RFC 5321 §4.5.3.1.8), told with LIMITS (RFC 9422)
 * @param mails in one session, told with LIMITS
 * @param commands in one session, the chunks of BDAT and unknown ones included
 * @param errors in one session, failed logins included
 * @param chunks of one message (RFC 3030)
 * @param commandLine octets of a command with its CRLF (RFC 5321 §4.5.3.1.4 and its extensions)
 * @param commandTime for a whole command to arrive (RFC 5321 §4.5.3.2.7)
 * @param leastOctetsPerMinute while content is received
 */
public record SmtpLimits(
    ConnectionLimits connections,
    long messageSize,
    int recipients,
    int mails,
    int commands,
    int errors,
    int chunks,
    int commandLine,
    Duration commandTime,
    long leastOctetsPerMinute) {

  /** Longest line within AUTH (RFC 4954 §4). */
  static final int AUTH_LINE = 12_288;

  /**
   * 5000 connections in all and 50 per address, 50 MiB, 1000 recipients, 1000 mails, 10000
   * commands, 20 errors, 5000 chunks, 4096 octets a line, 5 minutes a command, 4096 octets a
   * minute.
   */
  public static final SmtpLimits DEFAULT =
      new SmtpLimits(
          ConnectionLimits.DEFAULT,
          50L << 20,
          1000,
          1000,
          10_000,
          20,
          5000,
          4096,
          Duration.ofMinutes(5),
          4096);

  /** Refuses what the RFCs do not allow or what would lock everybody out. */
  public SmtpLimits {
    if (messageSize < 65_536 || recipients < 100 || commandLine < 512) {
      throw new IllegalArgumentException(
          "RFC 5321 §4.5.3.1 asks for at least 64 KiB a message, 100 recipients, 512 octets a line");
    }
    if (mails < 1 || commands < 10 || errors < 1 || chunks < 1 || commandTime.isNegative()) {
      throw new IllegalArgumentException("these limits let nobody send a mail");
    }
  }
}
