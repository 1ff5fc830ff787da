package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.plugin.service.PluginState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mails counted by day, policy and row, kept in the plugin's state. At most {@value #DOMAINS}
 * policies a day with {@value #ROWS} different rows each; what goes beyond is not counted. Thread:
 * any; several servers' threads may count and take at once.
 */
final class Counts {

  static final int DOMAINS = 1000;
  static final int ROWS = 500;

  private static final String POLICIES = "dmarc/policy/";
  private static final String OF_ROWS = "dmarc/row/";
  private static final int TRIES = 20;

  private final PluginState state;

  Counts(PluginState state) {
    this.state = state;
  }

  /**
   * The counts of a day and a policy.
   *
   * @param published the policy as it was last seen on that day
   * @param rows how often each row was
   */
  record Day(LocalDate day, Map<String, String> published, Map<Row, Long> rows) {
    Day {
      published = Map.copyOf(published);
      rows = Map.copyOf(rows);
    }
  }

  /** Counts a mail. */
  void add(LocalDate day, Judged judged) {
    String policy = day + "/" + hash(judged.published().getOrDefault("domain", ""));
    String row = judged.row().write();
    String key = OF_ROWS + policy + "/" + hash(row);
    for (int i = 0; i < TRIES; i++) {
      Optional<byte[]> before = state.get(key);
      if (before.isEmpty() && !mayBegin(day, policy, judged.published())) {
        return;
      }
      long count = before.map(Counts::count).orElse(0L) + 1;
      if (state.replace(key, before, utf8(count + "\n" + row))) {
        return;
      }
    }
  }

  private boolean mayBegin(LocalDate day, String policy, Map<String, String> published) {
    String key = POLICIES + policy;
    if (state.get(key).isEmpty()
        && state.keys(POLICIES + day + "/", "", DOMAINS).size() >= DOMAINS) {
      return false;
    }
    state.put(key, utf8(Lines.write(published)));
    return state.keys(OF_ROWS + policy + "/", "", ROWS).size() < ROWS;
  }

  /** Takes the counts of a policy of a day before this one, the oldest first, out of the state. */
  Optional<Day> takeBefore(LocalDate today) {
    for (String key : state.keys(POLICIES, "", TRIES)) {
      String policy = key.substring(POLICIES.length());
      LocalDate day = LocalDate.parse(policy.substring(0, policy.indexOf('/')));
      if (!day.isBefore(today)) {
        return Optional.empty();
      }
      Optional<byte[]> published = state.get(key);
      // Who removes it has it for himself.
      if (published.isPresent() && state.remove(key)) {
        return Optional.of(new Day(day, Lines.read(text(published.get())), takeRows(policy)));
      }
    }
    return Optional.empty();
  }

  private Map<Row, Long> takeRows(String policy) {
    Map<Row, Long> rows = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>(state.keys(OF_ROWS + policy + "/", "", ROWS * 2));
    for (String key : keys) {
      Optional<byte[]> value = state.get(key);
      state.remove(key);
      value.ifPresent(
          octets ->
              Row.read(text(octets).substring(text(octets).indexOf('\n') + 1))
                  .ifPresent(row -> rows.merge(row, count(octets), Long::sum)));
    }
    return rows;
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
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(utf8(text));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 15));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
