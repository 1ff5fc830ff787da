package dev.postrider.kernel.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import org.junit.jupiter.api.Test;

/** What every store does with the spool. */
public interface SpoolContract extends StoreUnderTest {

  @Test
  default void anEntryComesBackAsItWasPut() {
    commit(Samples.spool("a", Samples.NOON, "octets"));

    SpoolEntry entry = store().spool().entry("a").orElseThrow();

    assertThat(entry)
        .usingRecursiveComparison()
        .ignoringFields("message")
        .isEqualTo(Samples.spoolEntry("a", Samples.NOON));
    assertThat(Samples.text(store(), entry.message())).isEqualTo("octets");
    assertThat(store().spool().entry("b")).isEmpty();
  }

  @Test
  default void whatIsDueComesLongestWaitingFirstWithoutTheHeld() {
    commit(
        Samples.spool("late", Samples.NOON.plusSeconds(10), "1"),
        Samples.spool("early", Samples.NOON.minusSeconds(10), "2"),
        Samples.spool("now", Samples.NOON, "3"),
        new Change.Spool(
            Samples.held(Samples.spoolEntry("held", Samples.NOON.minusSeconds(99)), "why"),
            Samples.fresh("4")));

    assertThat(store().spool().due(Samples.NOON, 10))
        .extracting(SpoolEntry::id)
        .containsExactly("early", "now");
    assertThat(store().spool().due(Samples.NOON, 1))
        .extracting(SpoolEntry::id)
        .containsExactly("early");
    assertThat(store().spool().nextDue()).contains(Samples.NOON.minusSeconds(10));
    assertThat(store().spool().count()).isEqualTo(4);
  }

  @Test
  default void nothingIsDueWhereAllIsHeldOrGone() {
    commit(
        Samples.spool("a", Samples.NOON, "1"),
        new Change.Spool(
            Samples.held(Samples.spoolEntry("b", Samples.NOON), "why"), Samples.fresh("2")));
    commit(new Change.Unspool("a"));

    assertThat(store().spool().nextDue()).isEmpty();
    assertThat(store().spool().due(Samples.NOON, 10)).isEmpty();
    assertThat(store().spool().count()).isEqualTo(1);
  }

  @Test
  default void anEntryOfTheSameIdIsReplaced() {
    commit(Samples.spool("a", Samples.NOON, "first"));
    SpoolEntry first = store().spool().entry("a").orElseThrow();

    commit(
        new Change.Spool(
            Samples.spoolEntry("a", Samples.NOON.plusSeconds(60)), Samples.kept(first.message())));

    assertThat(store().spool().count()).isEqualTo(1);
    assertThat(store().spool().due(Samples.NOON, 10)).isEmpty();
    assertThat(store().spool().nextDue()).contains(Samples.NOON.plusSeconds(60));
    SpoolEntry second = store().spool().entry("a").orElseThrow();
    assertThat(Samples.text(store(), second.message())).isEqualTo("first");
  }

  @Test
  default void theListGoesOnAfterAnId() {
    commit(
        Samples.spool("b", Samples.NOON, "1"),
        Samples.spool("a", Samples.NOON, "2"),
        new Change.Spool(
            Samples.held(Samples.spoolEntry("c", Samples.NOON), "why"), Samples.fresh("3")));

    assertThat(store().spool().list("", 2)).extracting(SpoolEntry::id).containsExactly("a", "b");
    assertThat(store().spool().list("b", 2)).extracting(SpoolEntry::id).containsExactly("c");
    assertThat(store().spool().list("c", 2)).isEmpty();
  }

  @Test
  default void removingAnEntryTwiceIsAConflict() {
    commit(Samples.spool("a", Samples.NOON, "1"));
    commit(new Change.Unspool("a"));

    assertThat(store().commit(Batch.of(new Change.Unspool("a"))))
        .isInstanceOf(CommitResult.Conflict.class);
  }
}
