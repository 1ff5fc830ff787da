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
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class QueueChangesTest {
  private final MemoryStore store = new MemoryStore();

  private QueueChanges changes(InstantSource clock) {
    return new QueueChanges(store, new SpoolDesk(store, new RunsInFlight(), clock), clock);
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
              store
                  .outbound()
                  .entry("q1")
                  .map(Change.Dequeue::of)
                  .map(Batch::of)
                  .ifPresent(store::commit);
              return Samples.NOON;
            });

    AdminAnswer answer = between.retry("q1");

    assertThat(answer).isNotInstanceOf(AdminAnswer.Done.class);
    assertThat(store.outbound().entry("q1")).isEmpty();
  }

  @Test
  void aChangeThatMeetsAPartialResultIsMadeOfWhatIsLeft() {
    store.commit(Batch.of(Samples.enqueue("q1", "a.test", "text")));
    QueueEntry entry = store.outbound().entry("q1").orElseThrow();
    AtomicBoolean settled = new AtomicBoolean();
    QueueChanges between =
        changes(
            () -> {
              if (settled.compareAndSet(false, true)) {
                QueueEntry rest = entry.waiting(Samples.NOON.plusSeconds(9), Optional.empty());
                store.commit(
                    Batch.of(
                        Change.Dequeue.of(entry),
                        new Change.Enqueue(
                            with(
                                rest,
                                entry
                                    .envelope()
                                    .withRecipients(List.of(Recipient.of(Samples.BOB)))),
                            new NewMessage.Kept(entry.message()))));
              }
              return Samples.NOON;
            });

    assertThat(between.retry("q1")).isInstanceOf(AdminAnswer.Done.class);

    QueueEntry left = store.outbound().entry("q1").orElseThrow();
    assertThat(left.envelope().recipients()).containsExactly(Recipient.of(Samples.BOB));
    assertThat(left.nextAttempt()).isEqualTo(Samples.NOON);
  }

  private static QueueEntry with(QueueEntry entry, Envelope envelope) {
    return new QueueEntry(
        entry.id(),
        entry.mailId(),
        entry.route(),
        entry.destination(),
        envelope,
        entry.message(),
        entry.queuedAt(),
        entry.nextAttempt(),
        entry.expiresAt(),
        entry.attempts() + 1,
        entry.delayReported(),
        entry.lastReply(),
        entry.held(),
        entry.version(),
        entry.appPassword());
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

    assertThat(store.outbound().entry("q1").orElseThrow())
        .usingRecursiveComparison()
        .ignoringFields("version")
        .isEqualTo(before);
    assertThat(store.contentCount()).isEqualTo(1);
  }
}
