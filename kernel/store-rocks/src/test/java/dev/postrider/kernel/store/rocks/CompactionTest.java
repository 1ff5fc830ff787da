package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Space comes back when messages die, and nothing that lives is lost on the way. */
class CompactionTest {

  private static final int MESSAGES = 120;

  @TempDir Path directory;

  private static void deliverAndExpungeMost(RocksStore store) {
    Random random = new Random(9);
    for (int i = 0; i < MESSAGES; i++) {
      Stores.commit(store, Samples.append(Samples.ALICE, i + " " + Stores.text(random)));
    }
    Set<Long> most =
        LongStream.rangeClosed(1, MESSAGES)
            .filter(uid -> uid % 10 != 0)
            .boxed()
            .collect(Collectors.toSet());
    Stores.commit(store, new Change.Expunge(MailboxName.inbox(Samples.ALICE), most));
  }

  @Test
  void deadSegmentsAreDeletedAndTheIndexCanStillBeRebuilt() throws IOException {
    List<String> before;
    StoreStatistics full;
    StoreStatistics compacted;
    try (RocksStore store = Stores.open(directory)) {
      deliverAndExpungeMost(store);
      before = Dump.of(store);
      full = store.statistics();

      assertThat(store.compact()).isPositive();

      compacted = store.statistics();
      assertThat(Dump.of(store)).isEqualTo(before);
    }
    assertThat(compacted.liveBytes()).isEqualTo(full.liveBytes());
    assertThat(compacted.segmentBytes()).isLessThan(full.segmentBytes() / 2);
    assertThat(Stores.segments(directory)).hasSize(compacted.segments());
    Stores.deleteTree(directory.resolve("index"));
    try (RocksStore store = Stores.open(directory)) {
      assertThat(Dump.of(store)).isEqualTo(before);
      Stores.commit(store, Samples.append(Samples.ALICE, "next"));
      assertThat(Samples.inbox(store, Samples.ALICE).getLast().uid()).isEqualTo(MESSAGES + 1);
    }
  }

  @Test
  void compactingAgainAndAgainBetweenCommitsKeepsEverything() throws IOException {
    List<String> before;
    try (RocksStore store = Stores.open(directory)) {
      for (int round = 0; round < 4; round++) {
        Stores.fill(store, round, 12);
        store.compact();
      }
      before = Dump.of(store);
    }
    Stores.deleteTree(directory.resolve("index"));
    try (RocksStore store = Stores.open(directory)) {
      assertThat(Dump.of(store)).isEqualTo(before);
    }
  }

  @Test
  void anOpenStreamOutlivesItsSegment() throws IOException {
    byte[] octets = new byte[900_000];
    new Random(5).nextBytes(octets);
    try (RocksStore store = Stores.open(directory)) {
      Stores.commit(
          store,
          Samples.append(
              MailboxName.inbox(Samples.BOB), new NewMessage.Fresh("", Content.of(octets), 0)));
      MailboxMessage message = Samples.inbox(store, Samples.BOB).getFirst();
      Path segment = Stores.segments(directory).getLast();
      try (InputStream in = store.open(message.message()).open()) {
        byte[] start = in.readNBytes(100);
        Stores.commit(store, new Change.Expunge(MailboxName.inbox(Samples.BOB), Set.of(1L)));
        deliverAndExpungeMost(store);
        store.compact();
        assertThat(segment).exists();

        assertThat(start).isEqualTo(Arrays.copyOf(octets, 100));
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(octets, 100, octets.length));
      }
      assertThat(segment).doesNotExist();
    }
  }

  @Test
  void readersSeeEveryMessageWhileSegmentsMoveUnderThem() throws Exception {
    try (RocksStore store = Stores.open(directory)) {
      deliverAndExpungeMost(store);
      List<MailboxMessage> messages = Samples.inbox(store, Samples.ALICE);
      List<String> texts =
          messages.stream().map(message -> Samples.text(store, message.message())).toList();
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<Integer> reader =
          CompletableFuture.supplyAsync(
              () -> {
                int rounds = 0;
                do {
                  for (int i = 0; i < messages.size(); i++) {
                    assertThat(Samples.text(store, messages.get(i).message()))
                        .isEqualTo(texts.get(i));
                  }
                  rounds++;
                } while (!done.get());
                return rounds;
              });
      try {
        for (int round = 0; round < 3; round++) {
          Stores.fill(store, round, 6);
          store.compact();
        }
      } finally {
        done.set(true);
      }
      assertThat(reader.get()).isPositive();
    }
  }

  /** Each step of a compaction may be the last before a power failure. */
  @ParameterizedTest
  @ValueSource(ints = {0, 500, 5_000, 9_000, 12_000})
  void aCompactionThatIsCutShortLosesNothing(int budget) throws IOException {
    FaultyDisk disk = new FaultyDisk();
    List<String> before;
    try (RocksStore store = Stores.open(directory, disk)) {
      deliverAndExpungeMost(store);
      before = Dump.of(store);
      disk.writeBudget.set(budget);
      if (budget < 5_000) {
        assertThatThrownBy(store::compact).isInstanceOf(IOException.class);
      } else {
        try {
          store.compact();
        } catch (IOException e) {
          assertThat(e).hasMessageContaining("compaction failed");
        }
      }
    }
    disk.writeBudget.set(Long.MAX_VALUE);
    disk.loseUnsynced(new Random(budget));
    try (RocksStore store = Stores.open(directory, disk)) {
      assertThat(Dump.of(store)).isEqualTo(before);
      store.compact();
      assertThat(Dump.of(store)).isEqualTo(before);
    }
    Stores.deleteTree(directory.resolve("index"));
    try (RocksStore store = Stores.open(directory, disk)) {
      assertThat(Dump.of(store)).isEqualTo(before);
    }
  }
}
