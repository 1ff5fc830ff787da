package dev.postrider.kernel.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.outbound.QueueSummary;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.plugin.Route;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store does with the outbound queue. */
public interface OutboundQueueContract extends StoreUnderTest {

  @Test
  default void aQueueEntryComesBackAsItWasPut() {
    QueueEntry plain = Samples.queueEntry("q1", "relay.test");
    QueueEntry entry =
        new QueueEntry(
            plain.id(),
            plain.mailId(),
            new Route.SmartHost(
                "relay.test", 587, Optional.of(new Route.Credentials("me", "secret")), true),
            "relay.test:587",
            plain.envelope(),
            plain.message(),
            plain.queuedAt(),
            plain.nextAttempt(),
            plain.expiresAt(),
            3,
            true,
            "451 4.7.1 later",
            Optional.of("an admin said so"),
            7,
            Optional.of("phone"));
    commit(new Change.Enqueue(entry, Samples.fresh("octets")));

    QueueEntry found = store().outbound().entry("q1").orElseThrow();

    assertThat(found).usingRecursiveComparison().ignoringFields("message").isEqualTo(entry);
    assertThat(Samples.text(store(), found.message())).isEqualTo("octets");
    assertThat(store().outbound().summaries())
        .containsExactly(new QueueSummary("q1", "relay.test:587", Samples.NOON, true));
  }

  @Test
  default void summariesFollowEveryChange() {
    commit(Samples.enqueue("q1", "a.test", "1"), Samples.enqueue("q2", "b.test", "2"));
    assertThat(store().outbound().count()).isEqualTo(2);

    commit(
        new Change.Dequeue("q1", 0),
        new Change.Dequeue("q2", 0),
        Samples.enqueue("q2", "c.test", "3"));

    assertThat(store().outbound().summaries())
        .containsExactly(new QueueSummary("q2", "c.test", Samples.NOON, false));
    assertThat(store().outbound().count()).isEqualTo(1);
    assertThat(store().outbound().entry("q1")).isEmpty();
  }

  @Test
  default void theQueueIsListedAfterAnId() {
    commit(
        Samples.enqueue("q2", "a.test", "1"),
        Samples.enqueue("q1", "a.test", "2"),
        Samples.enqueue("q3", "a.test", "3"));

    assertThat(store().outbound().list("q1", 1)).extracting(QueueEntry::id).containsExactly("q2");
    assertThat(store().outbound().list("", 9)).hasSize(3);
  }

  @Test
  default void dequeuingTwiceIsAConflict() {
    commit(Samples.enqueue("q1", "a.test", "1"));
    commit(new Change.Dequeue("q1", 0));

    assertThat(store().commit(Batch.of(new Change.Dequeue("q1", 0))))
        .isInstanceOf(CommitResult.Conflict.class);
  }

  @Test
  default void whatWasWorkedOutFromAnOlderVersionIsAConflictAndChangesNothing() {
    commit(Samples.enqueue("q1", "a.test", "1"));
    QueueEntry first = store().outbound().entry("q1").orElseThrow();
    QueueEntry second = first.waiting(Samples.NOON.plusSeconds(1), Optional.empty());
    commit(Change.Dequeue.of(first), put(second));

    for (Batch late :
        List.of(
            Batch.of(
                Change.Dequeue.of(first),
                put(first.waiting(Samples.NOON.plusSeconds(2), Optional.of("too late")))),
            Batch.of(Change.Dequeue.of(first)),
            Batch.of(new Change.Dequeue("q1", 2)))) {
      assertThat(store().commit(late)).isInstanceOf(CommitResult.Conflict.class);
    }

    QueueEntry found = store().outbound().entry("q1").orElseThrow();
    assertThat(found.version()).isEqualTo(1);
    assertThat(found.nextAttempt()).isEqualTo(Samples.NOON.plusSeconds(1));
    assertThat(found.held()).isEmpty();
    commit(Change.Dequeue.of(found));
    assertThat(store().outbound().count()).isZero();
  }

  @Test
  default void anEntryThatIsThereIsNotReplacedUnseen() {
    commit(Samples.enqueue("q1", "a.test", "1"));

    assertThat(store().commit(Batch.of(Samples.enqueue("q1", "b.test", "2"))))
        .isInstanceOf(CommitResult.Conflict.class);
    assertThat(
            store()
                .commit(
                    Batch.of(
                        Samples.enqueue("q2", "b.test", "2"),
                        Samples.enqueue("q2", "b.test", "3"))))
        .isInstanceOf(CommitResult.Conflict.class);

    assertThat(store().outbound().summaries())
        .extracting(QueueSummary::destination)
        .containsExactly("a.test");
  }

  @Test
  default void ofManyThatChangeTheSameVersionOneSucceeds() throws Exception {
    commit(Samples.enqueue("q1", "a.test", "1"));
    for (int round = 0; round < 20; round++) {
      QueueEntry seen = store().outbound().entry("q1").orElseThrow();
      List<CommitResult> results =
          BatchContract.inParallel(
              8,
              thread ->
                  store()
                      .commit(
                          Batch.of(
                              Change.Dequeue.of(seen),
                              put(seen.waiting(Samples.NOON, Optional.of("by " + thread))))));

      assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(1);
      assertThat(results).filteredOn(CommitResult.Conflict.class::isInstance).hasSize(7);
      assertThat(store().outbound().entry("q1").orElseThrow().version()).isEqualTo(round + 1);
    }
  }

  private static Change put(QueueEntry entry) {
    return new Change.Enqueue(entry, new NewMessage.Kept(entry.message()));
  }
}
