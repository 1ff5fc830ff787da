package dev.postrider.protocol.pop3;

import java.time.Duration;

/**
 * Limits of a session.
 *
 * @param idle time for one command line; RFC 1939 §3 wants 10 minutes at least
 * @param loginLine longest line before login, CRLF included; it has to hold a whole AUTH response
 * @param commandLine longest line after login, CRLF included
 * @param commandsBeforeLogin commands before a login succeeds
 * @param commands commands of one session
 * @param errors malformed or misplaced commands of one session
 * @param logins failed logins of one session
 */
public record Pop3Settings(
    Duration idle,
    int loginLine,
    int commandLine,
    int commandsBeforeLogin,
    int commands,
    int errors,
    int logins) {

  /** Checks the signs. */
  public Pop3Settings {
    if (loginLine < 255 || commandLine < 64) {
      throw new IllegalArgumentException(
          "a POP3 line limit of "
              + loginLine
              + " or "
              + commandLine
              + " is too short for commands");
    }
    if (commandsBeforeLogin < 1 || commands < 1 || errors < 1 || logins < 1) {
      throw new IllegalArgumentException("a POP3 limit below 1 would refuse everybody");
    }
  }

  /** 10 minutes; 4096 and 512 octets; 50 and 1,000,000 commands; 10 errors; 3 failed logins. */
  public static Pop3Settings defaults() {
    return new Pop3Settings(Duration.ofMinutes(10), 4096, 512, 50, 1_000_000, 10, 3);
  }
}
