package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong is found and named; what is sound, or left by a kill, is not. */
class StoreVerificationTest {
  @TempDir static Path shared;

  private static Path healthy;

  @TempDir Path directory;

  /** With deleted segments, a checkpoint, and rows both in files of the index and in its log. */
  @BeforeAll
  static void fill() throws IOException {
    healthy = shared.resolve("healthy");
    try (RocksStore store = Stores.open(healthy)) {
      Stores.fill(store, 1, 20);
      Stores.commit(store, new Change.RemoveAccount(Samples.BOB));
      store.compact();
      Stores.fill(store, 2, 20);
      store.index().flush();
      Stores.fill(store, 3, 5);
    }
    assertThat(Checkpoint.newest(healthy.resolve("segments"))).isNotNull();
  }

  private Path copy() throws IOException {
    Path data = directory.resolve("data");
    Stores.copyTree(healthy, data);
    return data;
  }

  private static VerificationReport verify(Path data) throws IOException {
    return StoreVerification.of(data, Stores.options());
  }

  private static void assertClean(Path data) throws IOException {
    assertThat(verify(data).findings()).isEmpty();
  }

  private static Map<String, String> state(Path data) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            data.relativize(file).toString(),
            Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  @Test
  void aHealthyStoreIsCleanAndNothingInItIsChanged() throws IOException {
    Path data = copy();
    Map<String, String> before = state(data);

    VerificationReport report = verify(data);

    assertThat(report.findings()).isEmpty();
    assertThat(report.messages()).isPositive();
    assertThat(report.contents()).isPositive();
    assertThat(report.pending()).isZero();
    assertThat(state(data)).isEqualTo(before);
  }

  @Test
  void aStoreThatIsInUseIsRefusedAndItsLockStays() throws IOException {
    Path data = copy();
    try (RocksStore store = Stores.open(data)) {
      assertThatThrownBy(() -> verify(data))
          .isInstanceOf(StoreOpenException.class)
          .hasMessageContaining("in use by process");
      Stores.commit(store, Samples.append(Samples.ALICE, "goes on"));
      assertThat(Files.readString(data.resolve("LOCK")).strip())
          .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }
    assertThatThrownBy(() -> verify(directory.resolve("none")))
        .isInstanceOf(StoreOpenException.class);
  }

  @Test
  void whatAKillLeavesIsNoFinding() throws IOException {
    Path data = directory.resolve("data");
    Path older = directory.resolve("older");
    FaultyDisk disk = new FaultyDisk();
    try (RocksStore store = Stores.open(data, disk)) {
      Stores.fill(store, 1, 5);
    }
    Stores.copyTree(data.resolve("index"), older);
    try (RocksStore store = Stores.open(data, disk)) {
      Stores.fill(store, 2, 5);
    }
    Stores.deleteTree(data.resolve("index"));
    Files.move(older, data.resolve("index"));
    Path last = Stores.segments(data).getLast();
    byte[] torn = Files.readAllBytes(last);
    Files.write(last, Arrays.copyOfRange(torn, 60, 200), StandardOpenOption.APPEND);
    Files.write(data.resolve("tmp").resolve("draft1"), new byte[10]);

    VerificationReport report = verify(data);

    assertThat(report.findings()).isEmpty();
    assertThat(report.pending()).isPositive();
    Stores.open(data).close();
    VerificationReport afterwards = verify(data);
    assertThat(afterwards.findings()).isEmpty();
    assertThat(afterwards.pending()).isZero();
  }

  @Test
  void aMissingIndexIsNamedAndTheRestIsLookedAt() throws IOException {
    Path data = copy();
    Stores.deleteTree(data.resolve("index"));

    VerificationReport report = verify(data);

    assertThat(report.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains("missing"));
    assertThat(report.messages()).isPositive();
  }

  @Test
  void eachMessageOfADamagedContentIsNamed() throws IOException {
    Path data = directory.resolve("data");
    try (RocksStore store = Stores.open(data)) {
      Stores.commit(
          store,
          Samples.append(Samples.ALICE, "a".repeat(1000)),
          Samples.spool("m1", Samples.NOON, "b".repeat(1000)),
          Samples.enqueue("q1", "a.test", "c".repeat(1000)));
    }
    Path segment = Stores.segments(data).getFirst();
    for (int i = 0; i < 3; i++) {
      flip(segment, SegmentHeader.SIZE + i * (1000 + Frame.HEADER) + Frame.HEADER + 500);
    }

    List<Finding> findings = verify(data).findings();

    assertThat(findings)
        .filteredOn(finding -> finding.kind() == Finding.Kind.SEGMENT)
        .extracting(Finding::offset)
        .containsExactly(52L, 52L + 1044, 52L + 2 * 1044);
    assertThat(findings)
        .filteredOn(finding -> finding.kind() == Finding.Kind.REFERENCE)
        .extracting(Finding::row)
        .containsExactlyInAnyOrder(
            "message 1 of mailbox alice@example.test/INBOX",
            "spool entry of mail m1",
            "queue entry q1");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anOctetThatIsFlippedAnywhereIsFoundWhereItIs(long seed) throws IOException {
    Path data = copy();
    Random random = new Random(seed);
    List<Path> files = new ArrayList<>(Stores.segments(data));
    files.add(Checkpoint.newest(data.resolve("segments")));
    Path file = files.get(random.nextInt(files.size()));
    long at = random.nextLong(Files.size(file));
    flip(file, at);

    assertThat(verify(data).findings())
        .as("seed %s: %s at %s", seed, file, at)
        .anyMatch(finding -> finding.file().equals(file.toString()) && finding.offset() <= at);
  }

  @Test
  void anOctetThatIsFlippedInTheIndexIsFound() throws IOException {
    Path data = copy();
    Path table;
    try (Stream<Path> files = Files.list(data.resolve("index"))) {
      table = files.filter(file -> file.toString().endsWith(".sst")).findFirst().orElseThrow();
    }
    flip(table, 200);

    assertThat(verify(data).findings())
        .anyMatch(
            finding ->
                finding.kind() == Finding.Kind.INDEX
                    && finding.toString().contains(table.getFileName().toString()));
  }

  /** Any row that is gone, added or changed, in each of the kinds. */
  @ParameterizedTest
  @ValueSource(strings = {"c", "m", "n", "e", "s", "q", "d", "a", "x", "l", "k", "p", "v"})
  void aRowThatIsNotWhatItWasIsNamed(String kind) throws IOException {
    Path data = copy();
    byte letter = (byte) kind.charAt(0);
    Random random = new Random(letter);
    List<Map.Entry<byte[], byte[]>> rows = rows(data, letter);
    Map.Entry<byte[], byte[]> row = rows.get(random.nextInt(rows.size()));
    String name = new RowNames().of(row.getKey()).replaceAll("mailbox number.*", "");

    change(data, buffer -> buffer.delete(row.getKey()));
    assertNamed(data, name, finding -> finding.what().contains("missing"));

    byte[] other = row.getValue().length == 0 ? new byte[] {1} : row.getValue().clone();
    other[other.length - 1] ^= 1;
    change(data, buffer -> buffer.put(row.getKey(), other));
    assertNamed(data, name, finding -> finding.what().contains("not what the segments say"));

    byte[] more = Arrays.copyOf(row.getKey(), row.getKey().length + 30);
    more[row.getKey().length] = (byte) 0xff;
    change(
        data,
        buffer -> {
          buffer.put(row.getKey(), row.getValue());
          buffer.put(more, row.getValue());
        });
    assertThat(verify(data).findings())
        .anyMatch(f -> f.what().contains("don't know this row") || f.row().startsWith("fate "));
    change(data, buffer -> buffer.delete(more));
    assertClean(data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"content", "next uid", "messages", "next content", "live"})
  void aCounterThatIsWrongEverywhereIsFound(String which) throws IOException {
    Path data = copy();
    ByteWriter key = new ByteWriter(64);
    ByteWriter value = new ByteWriter(64);
    Map.Entry<byte[], byte[]> content = rows(data, Keys.CONTENT).getFirst();
    Counters counters = Counters.read(rows(data, (byte) 'v').getFirst().getValue());
    switch (which) {
      case "content" -> {
        ContentRow.read(content.getValue()).held(1).write(value);
        key.raw(content.getKey(), 0, content.getKey().length);
      }
      case "next uid" -> {
        byte[] message = rows(data, Keys.MESSAGE).getFirst().getKey();
        Keys.nextUid(key, new ByteReader(message, 1, message.length).fixed64());
        value.u8(1).varint(1);
      }
      case "messages" -> {
        Keys.counters(key);
        new Counters(
                counters.nextContent(),
                counters.nextMailbox(),
                counters.nextFate(),
                counters.lastValidity(),
                counters.messages() + 1)
            .write(value);
      }
      case "next content" -> {
        Keys.counters(key);
        new Counters(
                1,
                counters.nextMailbox(),
                counters.nextFate(),
                counters.lastValidity(),
                counters.messages())
            .write(value);
      }
      default -> {
        Keys.segmentLive(key, ContentRow.read(content.getValue()).segment());
        value.u8(1).varint(7);
      }
    }
    change(data, buffer -> buffer.put(key, value));

    assertThat(verify(data).findings()).anyMatch(finding -> finding.kind() == Finding.Kind.COUNTER);
  }

  @Test
  void eachSegmentThatIsMissingIsNamed() throws IOException {
    for (Path segment : Stores.segments(healthy)) {
      Path data = copy();
      Files.delete(data.resolve("segments").resolve(segment.getFileName()));
      assertThat(verify(data).findings())
          .as("without %s", segment.getFileName())
          .anyMatch(
              finding ->
                  finding.file().endsWith(segment.getFileName().toString())
                      && finding.what().contains("missing"));
      Stores.deleteTree(data);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void aStoreIsCleanAfterWhateverItLivedThrough(long seed) throws IOException {
    Path data = directory.resolve("data");
    Random random = new Random(seed);
    FaultyDisk disk = new FaultyDisk();
    for (int life = 0; life < 3; life++) {
      try (RocksStore store = Stores.open(data, disk)) {
        for (int i = 0; i < 3; i++) {
          Stores.fill(store, random.nextLong(), 1 + random.nextInt(6));
          switch (random.nextInt(5)) {
            case 0 -> store.compact();
            case 1 -> Stores.commit(store, new Change.RemoveAccount(Samples.ALICE));
            case 2 -> {
              disk.failingSyncs.set(1);
              disk.failingTruncates.set(random.nextInt(2));
              store.commit(Batch.of(Samples.append(Samples.ALICE, Stores.text(random))));
              disk.failingTruncates.set(0);
              disk.failingSyncs.set(0);
            }
            default ->
                Stores.commit(
                    store, new Change.Expunge(MailboxName.inbox(Samples.BOB), Set.of(1L, 2L, 3L)));
          }
        }
      }
      disk.loseUnsynced(random);
      assertThat(verify(data).findings()).as("seed %s, life %s", seed, life).isEmpty();
      if (random.nextInt(3) == 0) {
        Stores.deleteTree(data.resolve("index"));
      }
    }
  }

  /** A segment that says where the one before it ends may go, but not what it says. */
  @Test
  void whatIsVoidStaysVoidWhenTheNextSegmentIsDeleted() throws IOException {
    Path data = directory.resolve("data");
    FaultyDisk disk = new FaultyDisk();
    try (RocksStore store = Stores.open(data, disk)) {
      Stores.commit(store, Samples.append(Samples.ALICE, "s".repeat(10 << 10)));
      disk.failingSyncs.set(1);
      disk.failingTruncates.set(1);
      CommitResult failed = store.commit(Batch.of(Samples.append(Samples.ALICE, "void")));
      assertThat(failed).isInstanceOf(CommitResult.Failed.class);
      Stores.commit(store, Samples.append(Samples.BOB, "x".repeat(20 << 10)));
      Stores.commit(store, new Change.Expunge(MailboxName.inbox(Samples.BOB), Set.of(1L)));
      assertThat(Stores.segments(data)).hasSize(3);
      store.compact();
      assertThat(Stores.segments(data)).hasSize(2);
    }
    disk.loseUnsynced(new Random(3));

    assertClean(data);
  }

  private static void assertNamed(Path data, String name, Predicate<Finding> which)
      throws IOException {
    assertThat(verify(data).findings())
        .as("a finding that names '%s'", name)
        .anyMatch(finding -> finding.row().startsWith(name) && which.test(finding));
  }

  private static List<Map.Entry<byte[], byte[]>> rows(Path data, byte kind) throws IOException {
    List<Map.Entry<byte[], byte[]>> rows = new ArrayList<>();
    try (Index index = Index.openToRead(data.resolve("index"), 1 << 20)) {
      index.scan(Keys.prefix(kind), (key, row) -> rows.add(Map.entry(key, row)));
    }
    assertThat(rows).as("rows of kind %s", (char) kind).isNotEmpty();
    return rows;
  }

  @FunctionalInterface
  private interface RowChange {
    void make(RowBuffer buffer);
  }

  private static void change(Path data, RowChange change) throws IOException {
    RowBuffer buffer = new RowBuffer();
    change.make(buffer);
    try (Index index = Index.open(data.resolve("index"), 1 << 20, false)) {
      index.write(buffer.toBatch());
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(at);
      int octet = raw.read();
      raw.seek(at);
      raw.write(octet ^ 0x10);
    }
  }
}
