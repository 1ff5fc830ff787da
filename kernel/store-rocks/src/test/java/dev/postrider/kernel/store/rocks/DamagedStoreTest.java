package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.Samples;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedStoreTest extends VerificationFixture {

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

  private static void assertNamed(Path data, String name, Predicate<Finding> which)
      throws IOException {
    assertThat(verify(data).findings())
        .as("a finding that names '%s'", name)
        .anyMatch(finding -> finding.row().startsWith(name) && which.test(finding));
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
