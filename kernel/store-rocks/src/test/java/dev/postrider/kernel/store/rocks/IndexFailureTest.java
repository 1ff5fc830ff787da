package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.CommitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index fails while the store is running. */
class IndexFailureTest {

  @TempDir Path directory;

  @Test
  void aGroupThatTheIndexDidNotTakeIsAppliedFromTheSegmentAndThenAcknowledged() throws IOException {
    try (RocksStore store = Stores.open(directory)) {
      Stores.fill(store, 1, 3);
      int before = Samples.inbox(store, Samples.ALICE).size();
      store.index().shut();

      Stores.commit(store, Samples.append(Samples.ALICE, "through"));

      assertThat(Samples.inbox(store, Samples.ALICE)).hasSize(before + 1);
      Stores.commit(store, Samples.append(Samples.ALICE, "next"));
      assertThat(Samples.inbox(store, Samples.ALICE))
          .extracting(MailboxMessage::uid)
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void whatWasAppliedLaterIsToldToTheWatchersThen() throws IOException {
    List<Batch> told = new CopyOnWriteArrayList<>();
    try (RocksStore store = Stores.open(directory)) {
      store.watch(told::add);
      store.index().shut();
      Path away = directory.resolve("away");
      Files.move(directory.resolve("index"), away);
      Batch unclear = Batch.of(Samples.enqueue("q1", "a.test", "text"));

      assertThat(store.commit(unclear)).isInstanceOf(CommitResult.Failed.class);

      assertThat(told).isEmpty();
      Stores.deleteTree(directory.resolve("index"));
      Files.move(away, directory.resolve("index"));
      Batch next = Batch.of(Samples.append(Samples.ALICE, "next"));
      long deadline = System.nanoTime() + 5_000_000_000L;
      while (!(store.commit(next) instanceof CommitResult.Committed)) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
      assertThat(store.outbound().summaries()).hasSize(1);
      assertThat(told).containsExactly(unclear, next);
    }
  }

  @Test
  void aSnapshotIsVoidOnceTheIndexWasOpenedAnew() throws IOException {
    try (Index index = Index.open(directory.resolve("some"), 1 << 20, false, true)) {
      Index.View before = index.snapshot();
      index.reopen();

      assertThatThrownBy(() -> index.scanAll(before, (_, _) -> true))
          .hasMessageContaining("was opened anew");
      index.release(before);

      Index.View now = index.snapshot();
      index.scanAll(now, (_, _) -> true);
      index.release(now);
    }
  }
}
