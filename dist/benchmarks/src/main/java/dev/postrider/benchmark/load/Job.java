package dev.postrider.benchmark.load;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What to do, written as words {@code name=value}.
 *
 * @param protocol smtp (sends), pop3 (retrieves all of each mailbox) or idle (EHLO, then nothing)
 * @param server where it listens
 * @param tls none, starttls or implicit
 * @param sessions connections at a time
 * @param messages how many messages in all; for smtp without end where {@code seconds} is given
 * @param seconds for smtp: start no message after this time; 0: no limit
 * @param rate messages a second that are due, whether or not a session is free; 0: each session
 *     sends its next message at once
 * @param perConnection messages of one connection, after which it quits and connects again
 * @param size octets of a message, header included
 * @param from sender
 * @param to recipient; {@code %d} counts from 1 to {@code spread}, message by message
 * @param spread how many recipients or users there are
 * @param mails for smtp: the folder of what is sent ({@link Sender#in}), in place of a message of
 *     that sender and size; empty: none
 * @param user for pop3; {@code %d} is the number of the session from 1 on, up to {@code spread}
 * @param password for pop3
 * @param sources client addresses 127.0.0.1, 127.0.0.2, … in turn
 * @param hold whether to say "ready" when all sessions are, and to wait for a line
 */
record Job(
    Protocol protocol,
    InetSocketAddress server,
    Tls tls,
    int sessions,
    long messages,
    double seconds,
    double rate,
    int perConnection,
    int size,
    String from,
    String to,
    int spread,
    String mails,
    String user,
    String password,
    int sources,
    boolean hold) {

  enum Protocol {
    SMTP,
    POP3,
    IDLE
  }

  enum Tls {
    NONE,
    STARTTLS,
    IMPLICIT
  }

  Job {
    if (sessions < 1 || size < 200 || sources < 1 || sources > 250 || spread < 1) {
      throw new IllegalArgumentException(
          "sessions, spread from 1, size from 200, sources from 1 to 250");
    }
  }

  /**
   * Reads words.
   *
   * @throws IllegalArgumentException when a word is unknown or not of its kind
   */
  static Job of(Iterable<String> words) {
    Map<String, String> given = new HashMap<>();
    for (String word : words) {
      int at = word.indexOf('=');
      if (at < 1) {
        throw new IllegalArgumentException("not name=value: " + word);
      }
      given.put(word.substring(0, at), word.substring(at + 1));
    }
    String seconds = take(given, "seconds", "0");
    Job job =
        new Job(
            Protocol.valueOf(take(given, "protocol", "smtp").toUpperCase(Locale.ROOT)),
            new InetSocketAddress(
                take(given, "host", "127.0.0.1"), Integer.parseInt(take(given, "port", "25"))),
            Tls.valueOf(take(given, "tls", "none").toUpperCase(Locale.ROOT)),
            Integer.parseInt(take(given, "sessions", "1")),
            Long.parseLong(
                take(given, "messages", seconds.equals("0") ? "1" : "" + Long.MAX_VALUE)),
            Double.parseDouble(seconds),
            Double.parseDouble(take(given, "rate", "0")),
            Integer.parseInt(take(given, "per-connection", "900")),
            Integer.parseInt(take(given, "size", "4096")),
            take(given, "from", "alice@elsewhere.test"),
            take(given, "to", "bob@example.test"),
            Integer.parseInt(take(given, "spread", "1")),
            take(given, "mails", ""),
            take(given, "user", "bob@example.test"),
            take(given, "password", "postrider"),
            Integer.parseInt(take(given, "sources", "1")),
            Boolean.parseBoolean(take(given, "hold", "false")));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown: " + new TreeSet<>(given.keySet()));
    }
    return job;
  }

  private static String take(Map<String, String> given, String name, String otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : value;
  }

  /** A name with its number in place of {@code %d}. */
  static String numbered(String name, long number) {
    return name.replace("%d", Long.toString(number));
  }
}
