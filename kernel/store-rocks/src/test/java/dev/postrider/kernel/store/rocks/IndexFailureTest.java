package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index fails while the store is running. */
class IndexFailureTest {

  private static final MailboxName BOX = MailboxName.inbox(Samples.ALICE);

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

  private Path away() throws IOException {
    Path away = directory.resolve("away");
    Files.move(directory.resolve("index"), away);
    return away;
  }

  private void back(Path away) throws IOException {
    Stores.deleteTree(directory.resolve("index"));
    Files.move(away, directory.resolve("index"));
  }

  /** The index can't be had and comes back; returns the answer of the commit in between. */
  private CommitResult commitWithoutIndex(RocksStore store, Batch batch) throws IOException {
    store.index().shut();
    Path away = away();
    CommitResult answer = store.commit(batch);
    back(away);
    return answer;
  }

  private static void commitWhenItIsBack(RocksStore store, Batch batch) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> store.commit(batch) instanceof CommitResult.Committed);
  }

  @Test
  void whatWasAnsweredWithNoIsThereOnceAfterARetry() throws IOException {
    List<Batch> told = new CopyOnWriteArrayList<>();
    Batch batch = Batch.of(Samples.append(Samples.ALICE, "text"));
    try (RocksStore store = Stores.open(directory)) {
      store.watch(told::add);
      assertThat(commitWithoutIndex(store, batch)).isInstanceOf(CommitResult.Failed.class);
      assertThat(told).isEmpty();
      commitWhenItIsBack(store, batch);
      assertThat(Samples.inbox(store, Samples.ALICE)).hasSize(1);
      assertThat(told).containsExactly(batch);
    }
    Stores.deleteTree(directory.resolve("index"));
    try (RocksStore store = Stores.open(directory)) {
      assertThat(Samples.inbox(store, Samples.ALICE)).hasSize(1);
    }
  }

  /** The first and the second way to make a group void: cut it off, or begin a new segment. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whatWasAnsweredWithNoIsNotAppliedByTheNextStart(int failingTruncates) throws IOException {
    FaultyDisk disk = new FaultyDisk();
    try (RocksStore store = Stores.open(directory, disk)) {
      Stores.fill(store, 1, 3);
    }
    List<String> before;
    try (RocksStore store = Stores.open(directory, disk)) {
      before = Dump.of(store);
      disk.failingTruncates.set(failingTruncates);
      assertThat(commitWithoutIndex(store, Batch.of(Samples.append(Samples.ALICE, "text"))))
          .isInstanceOf(CommitResult.Failed.class);
    }
    disk.loseUnsynced(new Random(1));
    try (RocksStore store = Stores.open(directory, disk)) {
      assertThat(Dump.of(store)).isEqualTo(before);
    }
    Stores.deleteTree(directory.resolve("index"));
    try (RocksStore store = Stores.open(directory, disk)) {
      assertThat(Dump.of(store)).isEqualTo(before);
    }
  }

  @Test
  void anIndexThatKeptAVoidGroupIsMadeAnewWhileTheStoreRuns() throws IOException {
    Batch batch = Batch.of(Samples.append(Samples.ALICE, "text"));
    try (RocksStore store = Stores.open(directory)) {
      Stores.fill(store, 1, 3);
      List<String> before = Dump.of(store);
      store.index().shut();
      Path away = away();
      assertThat(store.commit(batch)).isInstanceOf(CommitResult.Failed.class);
      // Its write failed, but its log had it.
      try (Index index = Index.open(away, 1 << 20, false)) {
        byte[] row = index.get(Keys.position(new ByteWriter(2)).toBytes());
        Position position = Position.read(row);
        ByteWriter ahead = new ByteWriter(32);
        new Position(position.sequence() + 1, position.segment(), position.end() + 100)
            .write(ahead);
        RowBuffer rows = new RowBuffer();
        rows.put(Keys.position(new ByteWriter(2)), ahead);
        rows.put(new byte[] {Keys.QUEUE, 'x'}, new byte[] {1});
        index.write(rows.toBatch());
      }
      back(away);
      commitWhenItIsBack(store, Batch.of(new Change.Expunge(BOX, Set.of(1_000_000L))));
      assertThat(Dump.of(store)).isEqualTo(before);
      Stores.commit(store, batch.changes().getFirst());
    }
  }

  @Test
  void nobodyIsToldNoBeforeTheGroupIsVoid() throws Exception {
    FaultyDisk disk = new FaultyDisk();
    Batch batch = Batch.of(Samples.append(Samples.ALICE, "text"));
    try (RocksStore store = Stores.open(directory, disk)) {
      Stores.commit(store, Samples.append(Samples.ALICE, "before"));
      CompletableFuture<CommitResult> answer = commitThatCanNotBeMadeVoid(store, disk, batch);
      // The committer has looked at the failed group again.
      assertThat(store.commit(batch)).isInstanceOf(CommitResult.Failed.class);
      assertThat(answer).isNotDone();
      disk.failingTruncates.set(0);
      assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(CommitResult.Failed.class);
      disk.failingCreates.set(false);
      commitWhenItIsBack(store, batch);
      assertThat(Samples.inbox(store, Samples.ALICE)).hasSize(2);
    }
  }

  @Test
  void aStoreThatIsClosedMeanwhileSaysNeitherYesNorNo() throws Exception {
    FaultyDisk disk = new FaultyDisk();
    CompletableFuture<CommitResult> answer;
    try (RocksStore store = Stores.open(directory, disk)) {
      Stores.commit(store, Samples.append(Samples.ALICE, "before"));
      answer =
          commitThatCanNotBeMadeVoid(
              store, disk, Batch.of(Samples.append(Samples.ALICE, "perhaps")));
      assertThat(answer).isNotDone();
    }
    assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(CommitResult.Unclear.class);
    disk.failingTruncates.set(0);
    disk.failingCreates.set(false);
    try (RocksStore store = Stores.open(directory, disk)) {
      // The sync failed, yet the octets are there: both outcomes are right.
      assertThat(Samples.inbox(store, Samples.ALICE)).hasSizeBetween(1, 2);
    }
  }

  private static CompletableFuture<CommitResult> commitThatCanNotBeMadeVoid(
      RocksStore store, FaultyDisk disk, Batch batch) {
    disk.failingSyncs.set(1);
    disk.failingTruncates.set(Integer.MAX_VALUE);
    disk.failingCreates.set(true);
    CompletableFuture<CommitResult> answer =
        CompletableFuture.supplyAsync(() -> store.commit(batch));
    Batch other = Batch.of(Samples.append(Samples.ALICE, "other"));
    await().until(() -> disk.failingSyncs.get() == 0);
    assertThat(store.commit(other)).isInstanceOf(CommitResult.Failed.class);
    return answer;
  }

  @Test
  void aSnapshotIsVoidOnceTheIndexWasOpenedAnew() throws IOException {
    try (Index index = Index.open(directory.resolve("some"), 1 << 20, true)) {
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
