package dev.postrider.kernel.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.plugin.ReversePath;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store does with the ledger. */
public interface LedgerContract extends StoreUnderTest {

  @Test
  default void theFatesOfAMailComeOldestFirst() {
    commit(
        Samples.fate("m1", Samples.NOON.plusSeconds(5), Fate.RELAYED),
        Samples.fate("m1", Samples.NOON, Fate.QUEUED),
        Samples.fate("m10", Samples.NOON, Fate.DELIVERED));

    assertThat(store().ledger().of("m1"))
        .extracting(LedgerEntry::fate)
        .containsExactly(Fate.QUEUED, Fate.RELAYED);
    assertThat(store().ledger().of("m")).isEmpty();
  }

  @Test
  default void severalFatesOfOneInstantAreAllKept() {
    commit(
        Samples.fate("m1", Samples.NOON, Fate.DELIVERED),
        Samples.fate("m1", Samples.NOON, Fate.DELIVERED));

    assertThat(store().ledger().of("m1")).hasSize(2);
    assertThat(store().ledger().since(Samples.NOON, 10)).hasSize(2);
  }

  @Test
  default void entriesSinceAnInstantIncludeIt() {
    commit(
        Samples.fate("m1", Samples.NOON, Fate.DELIVERED),
        Samples.fate("m2", Samples.NOON.plusNanos(1), Fate.DELIVERED),
        Samples.fate("m3", Samples.NOON.plusSeconds(1), Fate.DELIVERED));

    assertThat(store().ledger().since(Samples.NOON.plusNanos(1), 10))
        .extracting(LedgerEntry::mailId)
        .containsExactly("m2", "m3");
    assertThat(store().ledger().since(Samples.NOON, 1))
        .extracting(LedgerEntry::mailId)
        .containsExactly("m1");
  }

  @Test
  default void everyFateAndTheNullPathComeBack() {
    List<Change> changes =
        Arrays.stream(Fate.values())
            .<Change>map(
                fate ->
                    new Change.RecordFate(
                        new LedgerEntry(
                            Samples.NOON, "m", ReversePath.NULL, Samples.BOB, fate, "é: 250 ok")))
            .toList();
    store().commit(new Batch(changes));

    assertThat(store().ledger().of("m"))
        .extracting(LedgerEntry::fate)
        .containsExactlyInAnyOrder(Fate.values());
    assertThat(store().ledger().of("m"))
        .allMatch(entry -> entry.sender().isNull() && entry.detail().equals("é: 250 ok"));
  }
}
