package dev.postrider.mailet.spam.memory;

import dev.postrider.plugin.service.PluginState;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Remembers rows by key: in the state of a plugin, spread over {@value #TABLES} values of at most
 * {@value #ROWS} rows each; who was not heard of for longest is forgotten first. Where rows are
 * told apart, a storm of those that anybody can cause leaves the proven ones three quarters of the
 * room, and those leave the others a quarter. What is put counts at once. Of what is put within
 * five seconds the first few are written at once, so that the others of a plugin see them: new rows
 * within a second, changed ones within half a minute. The rest is written together a few seconds
 * later, as more is put; the last seconds before a crash may be forgotten.
 *
 * <p>Thread: any. Time: most calls answer from memory; a few each second wait for the disk.
 */
public final class Memory {

  /** Tables of one memory. */
  public static final int TABLES = 64;

  /** Rows of one table at most. */
  public static final int ROWS = 2_000;

  private static final int ROW = 20;
  private static final long WRITE_AFTER = 5_000;
  private static final long READ_AGAIN_AFTER = 30_000;
  // What is not there yet may just have been written by another mailet.
  private static final long MISSED_AGAIN_AFTER = 1_000;
  private static final int DIRTY = 500;
  private static final int AT_ONCE = 10;
  private static final int MOST_UNWRITTEN = 20 * DIRTY;
  private static final int TRIMMED = ROWS * 9 / 10;

  private final PluginState state;
  private final InstantSource clock;
  private final String prefix;
  private final Predicate<Row> proven;
  private final Table[] tables = new Table[TABLES];
  private int dirty;
  private int writeAt = DIRTY;
  private int atOnce = AT_ONCE;
  private long since;

  private static final class Table {
    private final Map<Long, Row> rows = new HashMap<>();
    private final Map<Long, Row> unwritten = new HashMap<>();
    private long readAt = Long.MIN_VALUE / 2;
  }

  /** A memory whose keys in the state begin with the prefix, and whose rows are all alike. */
  public Memory(PluginState state, InstantSource clock, String prefix) {
    this(state, clock, prefix, row -> true);
  }

  /**
   * A memory whose keys in the state begin with the prefix.
   *
   * @param proven which rows nobody causes by a single mail
   */
  public Memory(PluginState state, InstantSource clock, String prefix, Predicate<Row> proven) {
    this.state = state;
    this.clock = clock;
    this.prefix = prefix;
    this.proven = proven;
    this.since = clock.millis();
    for (int i = 0; i < TABLES; i++) {
      tables[i] = new Table();
    }
  }

  /** Now, in minutes since 1970. */
  public int minute() {
    return (int) (clock.millis() / 60_000);
  }

  /** What is remembered of a key. */
  public synchronized Optional<Row> get(long key) {
    Table table = tables[index(key)];
    Row unwritten = table.unwritten.get(key);
    if (unwritten != null) {
      return Optional.of(unwritten);
    }
    long patience = table.rows.containsKey(key) ? READ_AGAIN_AFTER : MISSED_AGAIN_AFTER;
    if (clock.millis() - table.readAt > patience) {
      read(table, index(key));
    }
    return Optional.ofNullable(table.rows.get(key));
  }

  /** Remembers a row, in the place of another of this key. */
  public synchronized void put(long key, Row row) {
    if (dirty >= MOST_UNWRITTEN) {
      // The store takes nothing: what strangers cause must not fill the heap until it does.
      for (Table table : tables) {
        table.unwritten.clear();
      }
      dirty = 0;
      writeAt = DIRTY;
    }
    if (tables[index(key)].unwritten.put(key, row) == null) {
      dirty++;
    }
    long now = clock.millis();
    if (now - since >= WRITE_AFTER) {
      since = now;
      atOnce = AT_ONCE;
    }
    if (atOnce > 0 || dirty >= writeAt) {
      atOnce--;
      // A store that takes nothing is not asked again for each mail: each time costs all tables.
      writeAt = dirty + DIRTY;
      write();
    }
  }

  /** Writes what was put so far. */
  public synchronized void write() {
    for (int i = 0; i < TABLES; i++) {
      Table table = tables[i];
      if (!table.unwritten.isEmpty() && write(table, i)) {
        dirty -= table.unwritten.size();
        table.unwritten.clear();
      }
    }
    writeAt = dirty + DIRTY;
  }

  // Others may have written meanwhile: their rows stay, but for those that were put here.
  private boolean write(Table table, int index) {
    Optional<byte[]> old = state.get(name(index));
    Map<Long, Row> rows = decode(old);
    rows.putAll(table.unwritten);
    forget(rows);
    if (!state.replace(name(index), old, encode(rows))) {
      return false;
    }
    table.rows.clear();
    table.rows.putAll(rows);
    table.readAt = clock.millis();
    return true;
  }

  private void read(Table table, int index) {
    table.rows.clear();
    table.rows.putAll(decode(state.get(name(index))));
    table.readAt = clock.millis();
  }

  private void forget(Map<Long, Row> rows) {
    if (rows.size() <= ROWS) {
      return;
    }
    Map<Boolean, List<Map.Entry<Long, Row>>> kinds =
        rows.entrySet().stream()
            .sorted(Comparator.comparingInt(each -> each.getValue().minute()))
            .collect(Collectors.partitioningBy(each -> proven.test(each.getValue())));
    List<Map.Entry<Long, Row>> others = kinds.getOrDefault(false, List.of());
    List<Map.Entry<Long, Row>> known = kinds.getOrDefault(true, List.of());
    int left = Math.min(others.size(), Math.max(TRIMMED / 4, TRIMMED - known.size()));
    newest(others, left, rows);
    newest(known, TRIMMED - left, rows);
  }

  private static void newest(List<Map.Entry<Long, Row>> sorted, int left, Map<Long, Row> rows) {
    sorted
        .subList(0, Math.max(0, sorted.size() - left))
        .forEach(each -> rows.remove(each.getKey()));
  }

  private static byte[] encode(Map<Long, Row> rows) {
    ByteBuffer out = ByteBuffer.allocate(rows.size() * ROW);
    rows.forEach(
        (key, row) -> out.putLong(key).putInt(row.a()).putInt(row.b()).putInt(row.minute()));
    return out.array();
  }

  private static Map<Long, Row> decode(Optional<byte[]> octets) {
    Map<Long, Row> rows = new HashMap<>();
    ByteBuffer in = ByteBuffer.wrap(octets.orElse(new byte[0]));
    while (in.remaining() >= ROW) {
      rows.put(in.getLong(), new Row(in.getInt(), in.getInt(), in.getInt()));
    }
    return rows;
  }

  private String name(int index) {
    return prefix + index;
  }

  private static int index(long key) {
    return (int) (key >>> 58);
  }
}
