package dev.postrider.kernel.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.MemoryStore;
import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.spool.RunsInFlight;
import dev.postrider.kernel.spool.SpoolDesk;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class QueueChangesTest {
  private final MemoryStore store = new MemoryStore();

  private QueueChanges changes(InstantSource clock) {
    return new QueueChanges(
        new Commits(store), store, new SpoolDesk(store, new RunsInFlight(), clock), clock);
  }

  @Test
  void mailThatWasSentInTheMeantimeDoesNotComeBackByARetry() {
    store.commit(Batch.of(Samples.enqueue("q1", "a.test", "text")));
    QueueEntry entry = store.outbound().entry("q1").orElseThrow();
    // Another entry keeps the content alive.
    store.commit(
        Batch.of(
            new Change.Enqueue(
                Samples.queueEntry("q2", "b.test"), new NewMessage.Kept(entry.message()))));
    QueueChanges between =
        changes(
            () -> {
              store.commit(Batch.of(new Change.Dequeue("q1")));
              return Samples.NOON;
            });

    AdminAnswer answer = between.retry("q1");

    assertThat(answer).isNotInstanceOf(AdminAnswer.Done.class);
    assertThat(store.outbound().entry("q1")).isEmpty();
  }

  @Test
  void heldReleasedAndRetriedMailStaysTheSame() {
    store.commit(Batch.of(Samples.enqueue("q1", "a.test", "text")));
    QueueEntry before = store.outbound().entry("q1").orElseThrow();
    QueueChanges changes = changes(InstantSource.fixed(before.nextAttempt()));

    assertThat(changes.hold("q1")).isInstanceOf(AdminAnswer.Done.class);
    assertThat(store.outbound().entry("q1").orElseThrow().held()).isPresent();
    assertThat(changes.retry("q1")).isNotInstanceOf(AdminAnswer.Done.class);
    assertThat(changes.release("q1")).isInstanceOf(AdminAnswer.Done.class);
    assertThat(changes.retry("q1")).isInstanceOf(AdminAnswer.Done.class);

    assertThat(store.outbound().entry("q1")).contains(before);
    assertThat(store.contentCount()).isEqualTo(1);
  }
}
