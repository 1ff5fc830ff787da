package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full or failing disk: never a false Committed, and service goes on afterwards. */
class FaultyDiskTest {

  @TempDir Path directory;
  private final FaultyDisk disk = new FaultyDisk();

  private List<String> inbox(RocksStore store) {
    return Samples.inbox(store, Samples.ALICE).stream()
        .map(message -> Samples.text(store, message.message()))
        .toList();
  }

  @Test
  void aFullDiskGivesFullAndServiceResumesWhenThereIsSpace() throws IOException {
    try (RocksStore store = Stores.open(directory, disk)) {
      Stores.commit(store, Samples.append(Samples.ALICE, "before"));
      disk.writeBudget.set(20);

      CommitResult result = store.commit(Batch.of(Samples.append(Samples.ALICE, "lost")));
      CommitResult again = store.commit(Batch.of(Samples.append(Samples.ALICE, "lost too")));

      assertThat(result).isInstanceOf(CommitResult.Full.class);
      assertThat(again).isInstanceOf(CommitResult.Full.class);
      assertThat(inbox(store)).containsExactly("before");
      disk.writeBudget.set(Long.MAX_VALUE);
      Stores.commit(store, Samples.append(Samples.ALICE, "after"));
    }
    try (RocksStore store = Stores.open(directory, disk)) {
      assertThat(inbox(store)).containsExactly("before", "after");
    }
  }

  @Test
  void belowTheReserveNewContentIsRefusedButSpaceCanBeFreed() throws IOException {
    RocksStoreOptions options = Stores.options().withReserveBytes(1000);
    try (RocksStore store = RocksStore.open(directory, options, disk, new Random(1))) {
      Stores.commit(store, Samples.append(Samples.ALICE, "before"));
      disk.usable.set(999);

      assertThat(store.commit(Batch.of(Samples.append(Samples.ALICE, "no"))))
          .isInstanceOf(CommitResult.Full.class);
      assertThat(store.room()).as("the next sender is refused before the content").isZero();
      Stores.commit(store, new Change.Expunge(MailboxName.inbox(Samples.ALICE), Set.of(1L)));
      assertThat(inbox(store)).isEmpty();
    }
  }

  @Test
  void aFailedSyncIsNeverTakenForASuccessEvenWhenTheOctetsCanNotBeCutOff() throws IOException {
    try (RocksStore store = Stores.open(directory, disk)) {
      Stores.commit(store, Samples.append(Samples.ALICE, "before"));
      disk.failingSyncs.set(1);
      disk.failingTruncates.set(1);

      assertThat(store.commit(Batch.of(Samples.append(Samples.ALICE, "ghost"))))
          .isInstanceOf(CommitResult.Failed.class);

      Stores.commit(store, Samples.append(Samples.ALICE, "after"));
      assertThat(inbox(store)).containsExactly("before", "after");
    }
    Stores.deleteTree(directory.resolve("index"));
    try (RocksStore store = Stores.open(directory, disk)) {
      assertThat(inbox(store)).containsExactly("before", "after");
      assertThat(Samples.inbox(store, Samples.ALICE))
          .extracting(MailboxMessage::uid)
          .containsExactly(1L, 2L);
    }
  }

  /** The committed ones are all there, in their order, whatever the disk did in between. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void seededFaultsAndPowerFailuresLoseNothingThatWasCommitted(long seed) throws IOException {
    seededFaults(seed);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void moreSeededFaultsAndPowerFailuresLoseNothingThatWasCommitted(long seed) throws IOException {
    seededFaults(seed);
  }

  private void seededFaults(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> committed = new ArrayList<>();
    for (int life = 0; life < 3; life++) {
      try (RocksStore store = Stores.open(directory, disk)) {
        assertThat(inbox(store)).as("seed %s", seed).isEqualTo(committed);
        for (int i = 0; i < 30; i++) {
          switch (random.nextInt(8)) {
            case 0 -> disk.writeBudget.set(random.nextInt(3000));
            case 1 -> disk.failingSyncs.set(1 + random.nextInt(2));
            case 2 -> disk.failingTruncates.set(1);
            default -> disk.writeBudget.set(Long.MAX_VALUE);
          }
          String text = life + "/" + i + " " + Stores.text(random);
          CommitResult result = store.commit(Batch.of(Samples.append(Samples.ALICE, text)));
          if (result instanceof CommitResult.Committed) {
            committed.add(text);
          }
        }
        disk.writeBudget.set(Long.MAX_VALUE);
        disk.failingSyncs.set(0);
        disk.failingTruncates.set(0);
        String last = "last of life " + life;
        Stores.commit(store, Samples.append(Samples.ALICE, last));
        committed.add(last);
        assertThat(inbox(store)).as("seed %s", seed).isEqualTo(committed);
      }
      disk.loseUnsynced(random);
      if (random.nextBoolean()) {
        Stores.deleteTree(directory.resolve("index"));
      }
    }
    try (RocksStore store = Stores.open(directory, disk)) {
      assertThat(inbox(store)).as("seed %s", seed).isEqualTo(committed);
    }
  }
}
