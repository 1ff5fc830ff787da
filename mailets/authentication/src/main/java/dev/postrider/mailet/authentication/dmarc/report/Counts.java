package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.plugin.service.PluginState;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Mails counted by period, policy and row, kept in the plugin's state. At most {@value #DOMAINS}
 * policies in a period with {@value #ROWS} different rows each; what goes beyond, or is longer than
 * {@value #LONGEST} characters, is not counted. Thread: any.
 */
final class Counts {

  static final int DOMAINS = 1000;
  static final int ROWS = 500;

  private static final String POLICIES = "dmarc/policy/";
  private static final int HASH = 15;
  private static final String OF_ROWS = "dmarc/row/";
  private static final int TRIES = 20;
  private static final int LONGEST = 8 << 10;
  private static final String NEWEST = "row";

  private final PluginState state;
  private final Duration length;

  /** Counted in periods of this length, in whole seconds, which begin with the epoch. */
  Counts(PluginState state, Duration length) {
    this.state = state;
    this.length = Duration.ofSeconds(length.toSeconds());
  }

  /**
   * The counts of a period and a policy.
   *
   * @param begin of the period
   * @param end of the period
   * @param published the policy as it was last seen in it
   * @param rows how often each row was
   * @param kept what the state has of it
   */
  record Period(
      Instant begin,
      Instant end,
      Map<String, String> published,
      Map<Row, Long> rows,
      Map<String, byte[]> kept) {
    Period {
      published = Map.copyOf(published);
      rows = Map.copyOf(rows);
      kept = Map.copyOf(kept);
    }
  }

  /** Counts a mail. */
  void add(Instant at, Judged judged) {
    String period = begin(at) + "/";
    String policy = period + hash(judged.published().getOrDefault("domain", ""));
    String row = judged.row().write();
    String published = Lines.write(judged.published());
    if (row.length() > LONGEST || published.length() > LONGEST) {
      return;
    }
    String key = OF_ROWS + policy + "/" + hash(row);
    for (int i = 0; i < TRIES; i++) {
      Optional<byte[]> before = state.get(key);
      if (before.isEmpty() && !mayBegin(period, policy, published)) {
        return;
      }
      long count = before.map(Counts::count).orElse(0L) + 1;
      if (state.replace(key, before, utf8(count + "\n" + row))) {
        // A report that is made of what was there before has to find the policy changed, or else
        // this row would be left without one.
        if (before.isEmpty()) {
          state.put(POLICIES + policy, utf8(published + NEWEST + "=" + hash(row) + "\n"));
        }
        return;
      }
    }
  }

  private Instant begin(Instant at) {
    long seconds = length.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }

  private boolean mayBegin(String period, String policy, String published) {
    String key = POLICIES + policy;
    if (state.get(key).isEmpty()) {
      if (state.keys(POLICIES + period, "", DOMAINS).size() >= DOMAINS) {
        return false;
      }
      state.put(key, utf8(published));
    }
    return state.keys(OF_ROWS + policy + "/", "", ROWS).size() < ROWS;
  }

  /** The counts of a policy in a period that was over by then, the oldest first. */
  Optional<Period> over(Instant then) {
    for (String key : state.keys(POLICIES, "", TRIES)) {
      Instant begin = beginOf(key);
      Instant end = begin.plus(length);
      if (end.isAfter(then)) {
        return Optional.empty();
      }
      Optional<byte[]> published = state.get(key);
      if (published.isPresent()) {
        return Optional.of(period(begin, end, key, published.get()));
      }
    }
    return Optional.empty();
  }

  // A key that can't be read is as old as can be: it goes first, and nothing is reported of it.
  private static Instant beginOf(String key) {
    String rest = key.substring(POLICIES.length());
    try {
      return Instant.parse(rest.substring(0, Math.max(0, rest.indexOf('/'))));
    } catch (DateTimeException _) {
      return Instant.EPOCH;
    }
  }

  private Period period(Instant begin, Instant end, String key, byte[] published) {
    Map<String, byte[]> kept = new LinkedHashMap<>();
    Map<Row, Long> rows = new LinkedHashMap<>();
    kept.put(key, published);
    String prefix = OF_ROWS + key.substring(POLICIES.length()) + "/";
    for (String each : state.keys(prefix, "", ROWS * 2)) {
      Optional<byte[]> value = state.get(each);
      value.ifPresent(octets -> kept.put(each, octets));
      value
          .filter(_ -> !begin.equals(Instant.EPOCH))
          .map(Counts::text)
          .flatMap(text -> Row.read(text.substring(text.indexOf('\n') + 1)))
          .ifPresent(row -> rows.merge(row, count(value.get()), Long::sum));
    }
    return new Period(begin, end, Lines.read(text(published)), rows, kept);
  }

  private static long count(byte[] value) {
    String text = text(value);
    return Long.parseLong(text.substring(0, text.indexOf('\n')));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.UTF_8);
  }

  private static String hash(String text) {
    return Digest.of(text, HASH);
  }
}
