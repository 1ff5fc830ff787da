package dev.postrider.kernel.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store promises about batches: all or nothing, in order, from many threads. */
public interface BatchContract extends StoreUnderTest {

  @Test
  default void aConflictChangesNothingAtAll() {
    commit(Samples.spool("s", Samples.NOON, "octets"));

    CommitResult result =
        store()
            .commit(
                Batch.of(
                    Samples.append(Samples.ALICE, "must not stay"),
                    Samples.fate("m", Samples.NOON, Fate.DELIVERED),
                    new Change.Unspool("s"),
                    new Change.Unspool("never was")));

    assertThat(result).isInstanceOf(CommitResult.Conflict.class);
    assertThat(Samples.inbox(store(), Samples.ALICE)).isEmpty();
    assertThat(store().ledger().of("m")).isEmpty();
    assertThat(store().spool().entry("s")).isPresent();
  }

  @Test
  default void changesOfABatchTakeEffectInTheirOrder() {
    commit(
        Samples.spool("s", Samples.NOON, "1"),
        new Change.Unspool("s"),
        Samples.spool("s", Samples.NOON, "2"),
        Samples.enqueue("q", "a.test", "3"),
        new Change.Dequeue("q", 0));

    SpoolEntry entry = store().spool().entry("s").orElseThrow();
    assertThat(Samples.text(store(), entry.message())).isEqualTo("2");
    assertThat(store().outbound().count()).isZero();
  }

  @Test
  default void removingTwiceInOneBatchIsAConflict() {
    commit(Samples.spool("s", Samples.NOON, "1"));

    assertThat(store().commit(Batch.of(new Change.Unspool("s"), new Change.Unspool("s"))))
        .isInstanceOf(CommitResult.Conflict.class);
    assertThat(store().spool().entry("s")).isPresent();
  }

  @Test
  default void aRunCommitsExactlyOnceHoweverManyThreadsTry() throws Exception {
    for (int round = 0; round < 20; round++) {
      String id = "s" + round;
      commit(Samples.spool(id, Samples.NOON, "octets"));
      SpoolEntry entry = store().spool().entry(id).orElseThrow();
      MailboxName folder = new MailboxName(Samples.ALICE, "round" + round);
      Batch run =
          Batch.of(new Change.Unspool(id), Samples.append(folder, Samples.kept(entry.message())));

      List<CommitResult> results = inParallel(8, _ -> store().commit(run));

      assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(1);
      assertThat(results).filteredOn(CommitResult.Conflict.class::isInstance).hasSize(7);
      assertThat(store().mail().messages(folder)).hasSize(1);
    }
  }

  @Test
  default void manyThreadsFillAMailboxWithoutGapOrLoss() throws Exception {
    List<String> written =
        inParallel(
                8,
                thread -> {
                  List<String> mine = new ArrayList<>();
                  for (int i = 0; i < 15; i++) {
                    String text = thread + ":" + i;
                    commit(Samples.append(Samples.ALICE, text));
                    assertThat(Samples.inbox(store(), Samples.ALICE))
                        .anyMatch(m -> Samples.text(store(), m.message()).equals(text));
                    mine.add(text);
                  }
                  return mine;
                })
            .stream()
            .flatMap(List::stream)
            .toList();

    List<MailboxMessage> messages = Samples.inbox(store(), Samples.ALICE);

    assertThat(messages)
        .extracting(message -> Samples.text(store(), message.message()))
        .containsExactlyInAnyOrderElementsOf(written);
    assertThat(messages)
        .extracting(MailboxMessage::uid)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 120).mapToObj(i -> (long) i).toList());
  }

  @Test
  default void watchersAreToldOfWhatWasCommittedAndOnlyOfThat() {
    List<Batch> told = Collections.synchronizedList(new ArrayList<>());
    store().watch(told::add);
    Batch first = Batch.of(Samples.append(Samples.ALICE, "1"));
    Batch conflict = Batch.of(new Change.Unspool("nothing"));
    Batch second = Batch.of(Samples.append(Samples.ALICE, "2"));

    store().commit(first);
    store().commit(conflict);
    store().commit(second);

    assertThat(told).containsExactly(first, second);
  }

  @Test
  default void anInterruptedThreadStillLearnsTheResult() {
    Thread.currentThread().interrupt();
    try {
      commit(Samples.append(Samples.ALICE, "1"));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(Samples.inbox(store(), Samples.ALICE)).hasSize(1);
  }

  @Test
  default void aClosedStorePromisesNothing() {
    store().close();

    assertThat(store().commit(Batch.of(Samples.append(Samples.ALICE, "1"))))
        .isInstanceOf(CommitResult.Failed.class);
  }

  /** What several threads came to that began at the same time. */
  static <T> List<T> inParallel(int threads, ThreadTask<T> task)
      throws InterruptedException, ExecutionException {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running =
          IntStream.range(0, threads).mapToObj(i -> pool.submit(() -> task.run(i))).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get());
      }
      return results;
    }
  }

  /** What one of several threads does. */
  @FunctionalInterface
  interface ThreadTask<T> {

    /** Runs as the thread of this number. */
    T run(int thread) throws Exception;
  }
}
