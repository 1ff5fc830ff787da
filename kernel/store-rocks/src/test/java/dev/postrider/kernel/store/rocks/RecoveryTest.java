package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.ContentDraft;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opening makes of a directory after a clean end, a crash and damage. */
class RecoveryTest {

  @TempDir Path directory;

  private List<String> filled() throws IOException {
    try (RocksStore store = Stores.open(directory)) {
      Stores.fill(store, 1, 25);
      return Dump.of(store);
    }
  }

  @Test
  void aStoreIsTheSameAfterACleanEnd() throws IOException {
    List<String> before = filled();

    try (RocksStore store = Stores.open(directory)) {
      assertThat(Dump.of(store)).isEqualTo(before);
      long messages = store.statistics().messages();
      assertThat(messages)
          .isEqualTo(
              Samples.inbox(store, Samples.ALICE).size()
                  + Samples.inbox(store, Samples.BOB).size());
    }
  }

  @Test
  void aMissingIndexIsMadeAnewFromTheSegments() throws IOException {
    List<String> before = filled();
    StoreStatistics numbers;
    try (RocksStore store = Stores.open(directory)) {
      numbers = store.statistics();
    }
    Stores.deleteTree(directory.resolve("index"));

    try (RocksStore store = Stores.open(directory)) {
      assertThat(Dump.of(store)).isEqualTo(before);
      assertThat(store.statistics().liveBytes()).isEqualTo(numbers.liveBytes());
      Stores.fill(store, 2, 3);
    }
  }

  @Test
  void segmentsThatAreGoneAreNamedAndTheIndexStays() throws IOException {
    List<String> before = filled();
    Path segment = Stores.segments(directory).getLast();
    Path elsewhere = directory.resolve("elsewhere");
    Files.move(segment, elsewhere);

    assertThatThrownBy(() -> Stores.open(directory).close())
        .isInstanceOf(StoreOpenException.class)
        .hasMessageContaining("lacks the segment")
        .hasMessageContaining("mounted");

    Files.move(elsewhere, segment);
    try (RocksStore store = Stores.open(directory)) {
      assertThat(Dump.of(store)).isEqualTo(before);
    }
  }

  @Test
  void aDamagedIndexIsMadeAnewFromTheSegments() throws IOException {
    List<String> before = filled();
    Files.writeString(directory.resolve("index/CURRENT"), "nonsense");

    try (RocksStore store = Stores.open(directory)) {
      assertThat(Dump.of(store)).isEqualTo(before);
    }
  }

  @Test
  void anIndexThatIsBehindIsBroughtUpToDate() throws IOException {
    try (RocksStore store = Stores.open(directory)) {
      Stores.fill(store, 1, 5);
    }
    Path old = directory.resolveSibling(directory.getFileName() + "-old");
    copyTree(directory.resolve("index"), old);
    List<String> after;
    try (RocksStore store = Stores.open(directory)) {
      Stores.fill(store, 2, 5);
      after = Dump.of(store);
    }
    Stores.deleteTree(directory.resolve("index"));
    copyTree(old, directory.resolve("index"));
    Stores.deleteTree(old);

    try (RocksStore store = Stores.open(directory)) {
      assertThat(Dump.of(store)).isEqualTo(after);
    }
  }

  @Test
  void aTornEndIsCutOff() throws IOException {
    List<String> before = filled();
    Path last = Stores.segments(directory).getLast();
    long size = Files.size(last);
    Files.write(last, new byte[777], StandardOpenOption.APPEND);

    try (RocksStore store = Stores.open(directory)) {
      assertThat(Dump.of(store)).isEqualTo(before);
      assertThat(Files.size(last)).isEqualTo(size);
    }
  }

  @Test
  void aDamagedGroupInTheMiddleCostsOnlyItself() throws IOException {
    try (RocksStore store = Stores.open(directory)) {
      for (int i = 0; i < 10; i++) {
        Stores.commit(store, Samples.append(Samples.ALICE, "message " + i));
      }
    }
    Path segment = Stores.segments(directory).getFirst();
    flip(segment, rowsOf(segment, 4) + 20);
    Stores.deleteTree(directory.resolve("index"));

    try (RocksStore store = Stores.open(directory)) {
      List<MailboxMessage> messages = Samples.inbox(store, Samples.ALICE);

      assertThat(messages)
          .extracting(MailboxMessage::uid)
          .containsExactly(1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L, 10L);
      assertThat(Samples.text(store, messages.getLast().message())).isEqualTo("message 9");
    }
  }

  @Test
  void aDamagedHeaderOfAFrameCostsOnlyItsGroup() throws IOException {
    try (RocksStore store = Stores.open(directory)) {
      for (int i = 0; i < 10; i++) {
        Stores.commit(store, Samples.append(Samples.ALICE, "message " + i));
      }
    }
    Path segment = Stores.segments(directory).getFirst();
    flip(segment, rowsOf(segment, 4) - 10);
    Stores.deleteTree(directory.resolve("index"));

    try (RocksStore store = Stores.open(directory)) {
      assertThat(Samples.inbox(store, Samples.ALICE)).hasSize(9);
    }
  }

  @Test
  void damagedContentIsReportedByFileAndOffsetAndNothingElseSuffers() throws IOException {
    try (RocksStore store = Stores.open(directory)) {
      Stores.commit(store, Samples.append(Samples.ALICE, "first"));
      Stores.commit(store, Samples.append(Samples.ALICE, "second"));
    }
    Path segment = Stores.segments(directory).getFirst();
    flip(segment, SegmentHeader.SIZE + Frame.HEADER + 2);

    try (RocksStore store = Stores.open(directory)) {
      List<MailboxMessage> messages = Samples.inbox(store, Samples.ALICE);

      assertThatThrownBy(() -> store.open(messages.getFirst().message()).open())
          .hasMessageContaining(segment.getFileName() + " at offset " + SegmentHeader.SIZE);
      assertThat(Samples.text(store, messages.getLast().message())).isEqualTo("second");
    }
  }

  @Test
  void aNewDirectoryIsForItsOwnerOnly() throws IOException {
    Path data = directory.resolve("made/for/data");
    assertThat(RocksStore.isInUse(data)).isFalse();
    Stores.open(data).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    assertThat(RocksStore.isInUse(data)).isFalse();
  }

  @Test
  void aSecondOpeningIsRefusedWithTheNameOfTheDirectory() throws IOException {
    try (RocksStore store = Stores.open(directory)) {
      assertThatThrownBy(() -> Stores.open(directory))
          .isInstanceOf(StoreOpenException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      Stores.commit(store, Samples.append(Samples.ALICE, "still works"));
    }
    Stores.open(directory).close();
  }

  @Test
  void aNewerFormatIsRefusedByName() throws IOException {
    Files.writeString(directory.resolve("FORMAT"), "postrider-store 7\n");

    assertThatThrownBy(() -> Stores.open(directory))
        .isInstanceOf(StoreOpenException.class)
        .hasMessageContaining("format 7")
        .hasMessageContaining("newer Postrider");
  }

  @Test
  void aLargeDraftIsAPrivateFileThatIsGoneAfterCloseAndAtOpen() throws IOException {
    Path temporary = directory.resolve("tmp");
    try (RocksStore store = Stores.open(directory)) {
      try (ContentDraft draft = store.draft()) {
        draft.write(new byte[300_000], 0, 300_000);
        try (Stream<Path> files = Files.list(temporary)) {
          Path file = files.findFirst().orElseThrow();
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .isEqualTo("rw-------");
        }
      }
      assertThat(temporary).isEmptyDirectory();
    }
    Files.writeString(temporary.resolve("left by a crash"), "x");
    Stores.open(directory).close();
    assertThat(temporary).isEmptyDirectory();
  }

  /** Where the payload of the rows of the n-th group begins, from 1. */
  private static long rowsOf(Path segment, int n) throws IOException {
    Disk.DiskFile file = new FileDisk().open(segment);
    try {
      ByteBuffer first = ByteBuffer.allocate(8);
      file.readFully(first, SegmentHeader.SIZE);
      SegmentScan scan = new SegmentScan(file, first.getLong(0), SegmentHeader.SIZE, file.size());
      List<Frame> rows = new ArrayList<>();
      for (@Nullable Frame frame = scan.next(); frame != null; frame = scan.next()) {
        if (frame.kind() == Frame.ROWS) {
          rows.add(frame);
        }
      }
      return rows.get(n - 1).payload();
    } finally {
      file.close();
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(at);
      int octet = raw.read();
      raw.seek(at);
      raw.write(octet ^ 0x55);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  @Test
  void anIndexFromBeforeSegmentsWereDeletedIsMadeAnew() throws IOException {
    try (RocksStore store = Stores.open(directory)) {
      Stores.commit(store, Samples.append(Samples.ALICE, "x".repeat(17_000)));
    }
    Path old = directory.resolveSibling(directory.getFileName() + "-old");
    copyTree(directory.resolve("index"), old);
    Path first = Stores.segments(directory).getFirst();
    List<String> after;
    try (RocksStore store = Stores.open(directory)) {
      Stores.commit(store, new Change.PutDomain(new LocalDomain("example.test")));
      for (int i = 0; i < 8; i++) {
        Stores.commit(store, Samples.append(Samples.BOB, "y".repeat(14_000)));
      }
      Stores.commit(
          store,
          new Change.Expunge(MailboxName.inbox(Samples.BOB), Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L)));
      Stores.commit(store, Samples.append(Samples.BOB, "z".repeat(14_000)));
      assertThat(store.compact()).isPositive();
      after = Dump.of(store);
    }
    assertThat(first).exists();
    Stores.deleteTree(directory.resolve("index"));
    copyTree(old, directory.resolve("index"));
    Stores.deleteTree(old);

    try (RocksStore store = Stores.open(directory)) {
      assertThat(Dump.of(store)).isEqualTo(after);
    }
  }
}
