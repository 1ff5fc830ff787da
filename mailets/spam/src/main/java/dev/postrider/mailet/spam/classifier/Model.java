package dev.postrider.mailet.spam.classifier;

import dev.postrider.plugin.service.PluginState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt for everybody or for one user, in a plugin's state. A lesson is one small entry
 * of a journal; after some of them they go into the tables, each of which knows up to which entry
 * it is, so that a crash in between counts nothing twice.
 *
 * <p>Several of these may use one state: each sees what the others learnt when it is asked next.
 * Thread: any. Time: the first question reads tables from the store, later ones take well below a
 * millisecond; learning waits for the disk.
 */
final class Model {

  private static final int FOLD_AFTER = 64;

  private record Entry(long sequence, List<Lesson.Noted> lessons) {}

  private final PluginState state;
  private final String prefix;
  private final InstantSource clock;
  private final @Nullable TokenTable[] tables;
  private final Lock lock = new ReentrantLock();
  private final Map<Long, Entry> recent = new HashMap<>();
  private Head head = Head.EMPTY;
  private long applied;

  /**
   * A model.
   *
   * @param prefix what its keys begin with
   * @param tables how many it has; never another number for the same prefix
   */
  Model(PluginState state, String prefix, int tables, InstantSource clock) {
    this.state = state;
    this.prefix = prefix;
    this.clock = clock;
    this.tables = new TokenTable[tables];
  }

  /** The counts of some features at one moment. */
  static final class Counts {

    private final Head head;
    private final int[] spam;
    private final int[] ham;

    private Counts(Head head, int features) {
      this.head = head;
      this.spam = new int[features];
      this.ham = new int[features];
    }

    /** Spam mails in all. */
    int spams() {
      return head.spam();
    }

    /** Ham mails in all. */
    int hams() {
      return head.ham();
    }

    /** Spam mails with the feature at this index. */
    int spam(int index) {
      return spam[index];
    }

    /** Ham mails with the feature at this index. */
    int ham(int index) {
      return ham[index];
    }
  }

  /** How often the features were seen. */
  Counts counts(Features features) {
    lock.lock();
    try {
      refresh();
      Counts counts = new Counts(head, features.size());
      for (int i = 0; i < features.size() && head.spam() + head.ham() > 0; i++) {
        long hash = features.hash(i);
        TokenTable table = table(index(hash));
        counts.spam[i] = table.spam(hash);
        counts.ham[i] = table.ham(hash);
      }
      return counts;
    } finally {
      lock.unlock();
    }
  }

  /** Spam and ham mails that count. */
  Head head() {
    return Head.decode(state.get(headKey()));
  }

  /** Learns; durable when it returns. */
  void learn(List<Lesson> lessons) {
    int day = (int) Duration.ofMillis(clock.millis()).toDays();
    for (List<Lesson> entry : Lesson.entries(lessons)) {
      long sequence = append(Lesson.encode(entry, day));
      int spams = entry.stream().mapToInt(lesson -> lesson.counts(true)).sum();
      int hams = entry.stream().mapToInt(lesson -> lesson.counts(false)).sum();
      Head now = change(old -> old.learnt(sequence, spams, hams));
      if (now.next() - now.folded() >= FOLD_AFTER) {
        fold();
      }
    }
  }

  private long append(byte[] entry) {
    long sequence = head().next();
    while (!state.replace(entryKey(sequence), Optional.empty(), entry)) {
      sequence++;
    }
    return sequence;
  }

  private Head change(UnaryOperator<Head> edit) {
    while (true) {
      Optional<byte[]> old = state.get(headKey());
      Head next = edit.apply(Head.decode(old));
      if (state.replace(headKey(), old, next.encode())) {
        return next;
      }
    }
  }

  private void fold() {
    lock.lock();
    try {
      refresh();
      long upTo = applied;
      long from = head.folded();
      for (int i = 0; i < tables.length; i++) {
        TokenTable table = table(i);
        table.trim();
        Optional<byte[]> old = state.get(tableKey(i));
        boolean newer = old.isPresent() && TokenTable.decode(old.get()).sequence() > upTo;
        if (newer || !state.replace(tableKey(i), old, table.encode())) {
          // Another one folds at this moment; the entries stay until one is through.
          forgetCache();
          return;
        }
      }
      change(now -> now.folded(upTo));
      for (long sequence = from; sequence < upTo; sequence++) {
        state.remove(entryKey(sequence));
      }
    } finally {
      lock.unlock();
    }
  }

  private void refresh() {
    Head now = head();
    if (now.equals(head)) {
      return;
    }
    if (applied < now.folded()) {
      forgetCache();
      applied = now.folded();
    }
    recent.keySet().removeIf(sequence -> sequence < now.folded());
    boolean aged = now.epoch() != head.epoch();
    head = now;
    for (TokenTable table : tables) {
      if (aged && table != null) {
        table.age(now.epoch());
      }
    }
    while (applied < now.next()) {
      Optional<byte[]> octets = state.get(entryKey(applied));
      if (octets.isPresent()) {
        Entry entry = new Entry(applied, Lesson.decode(octets.get()));
        recent.put(applied, entry);
        for (int i = 0; i < tables.length; i++) {
          TokenTable table = tables[i];
          if (table != null) {
            apply(entry, table, i);
          }
        }
      }
      applied++;
    }
  }

  private void forgetCache() {
    Arrays.fill(tables, null);
    recent.clear();
    applied = 0;
    head = Head.EMPTY;
  }

  private TokenTable table(int index) {
    TokenTable known = tables[index];
    if (known != null) {
      return known;
    }
    TokenTable read = state.get(tableKey(index)).map(TokenTable::decode).orElseGet(TokenTable::new);
    read.age(head.epoch());
    List<Entry> missing = new ArrayList<>(recent.values());
    missing.sort((one, other) -> Long.compare(one.sequence(), other.sequence()));
    missing.forEach(entry -> apply(entry, read, index));
    tables[index] = read;
    return read;
  }

  private void apply(Entry entry, TokenTable table, int index) {
    if (entry.sequence() < table.sequence()) {
      return;
    }
    for (Lesson.Noted lesson : entry.lessons()) {
      for (int i = 0; i < lesson.size(); i++) {
        long hash = lesson.hash(i);
        if (index(hash) == index) {
          if (lesson.corrects()) {
            table.takeBack(hash, !lesson.spam());
          }
          table.count(hash, lesson.spam(), lesson.day());
        }
      }
    }
    table.sequence(entry.sequence() + 1);
  }

  private int index(long hash) {
    return (int) (hash >>> 48) % tables.length;
  }

  private String headKey() {
    return prefix + "head";
  }

  private String tableKey(int index) {
    return prefix + "table/" + index;
  }

  private String entryKey(long sequence) {
    return prefix + "journal/" + HexFormat.of().toHexDigits(sequence);
  }
}
