package dev.postrider.mailet.filtering.spamassassin;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.Score;
import dev.postrider.mailet.filtering.daemon.DaemonFault;
import dev.postrider.mailet.filtering.daemon.Peer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the answer of spamd to SYMBOLS: a line, header fields, an empty line, names of rules. */
final class SpamdReply {

  private static final int MAX_LINE = 1000;
  private static final int MAX_FIELDS = 50;
  private static final int MAX_BODY = 64 * 1024;

  private SpamdReply() {}

  /**
   * The verdict.
   *
   * @throws IOException when the answer ends early or makes no sense
   */
  static SpamdVerdict read(Peer peer) throws IOException {
    String first = line(peer);
    String[] words = first.split(" ", 3);
    if (!first.startsWith("SPAMD/1.") || words.length < 2) {
      throw nonsense(first);
    }
    if (!words[1].equals("0")) {
      return new SpamdVerdict.Unable(first);
    }
    Map<String, String> fields = fields(peer);
    String length = fields.getOrDefault("content-length", "");
    String spam = fields.getOrDefault("spam", "");
    String body = peer.read(number(length)).strip();
    return scored(spam, body);
  }

  private static Map<String, String> fields(Peer peer) throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (String line = line(peer); !line.isEmpty(); line = line(peer)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT);
      if (colon < 1
          || fields.size() == MAX_FIELDS
          || fields.put(name, line.substring(colon + 1).strip()) != null) {
        throw nonsense(line);
      }
    }
    return fields;
  }

  private static int number(String text) throws DaemonFault {
    boolean digits = text.length() <= 8 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int number = digits && !text.isEmpty() ? Integer.parseInt(text) : -1;
    if (number < 0 || number > MAX_BODY) {
      throw new DaemonFault("its answer has '" + OnFailure.oneLine(text) + "' octets");
    }
    return number;
  }

  /** Reads {@code True ; 1000.0 / 5.0}. */
  private static SpamdVerdict scored(String spam, String rules) throws DaemonFault {
    int semicolon = spam.indexOf(';');
    int slash = spam.indexOf('/', Math.max(0, semicolon));
    if (semicolon < 0 || slash < 0) {
      throw nonsense("Spam: " + spam);
    }
    try {
      return new SpamdVerdict.Scored(
          Score.parse(spam.substring(semicolon + 1, slash)),
          Score.parse(spam.substring(slash + 1)),
          SpamdVerdict.symbols(rules));
    } catch (IllegalArgumentException e) {
      throw new DaemonFault(String.valueOf(e.getMessage()), e);
    }
  }

  private static String line(Peer peer) throws IOException {
    String line = peer.readTo('\n', MAX_LINE);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private static DaemonFault nonsense(String line) {
    return new DaemonFault("'" + OnFailure.oneLine(line) + "' is no answer of spamd");
  }
}
