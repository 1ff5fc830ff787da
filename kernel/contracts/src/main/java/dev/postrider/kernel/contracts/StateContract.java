package dev.postrider.kernel.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.state.StateValue;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import org.junit.jupiter.api.Test;

/** What every store does with what plugins remember. */
public interface StateContract extends StoreUnderTest {

  /** Sets a value of a plugin. */
  static Change put(String plugin, String key, int... octets) {
    byte[] value = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      value[i] = (byte) octets[i];
    }
    return new Change.PutState(plugin, key, StateValue.of(value));
  }

  @Test
  default void valuesAreKeptByPluginAndKey() {
    commit(put("one", "k", 1, 0, 255), put("two", "k", 2), put("one", "empty"));

    assertThat(store().state().value("one", "k").orElseThrow().octets()).containsExactly(1, 0, 255);
    assertThat(store().state().value("two", "k").orElseThrow().octets()).containsExactly(2);
    assertThat(store().state().value("one", "empty").orElseThrow().size()).isZero();
    assertThat(store().state().value("one", "other")).isEmpty();
    assertThat(store().state().value("on", "ek")).isEmpty();
  }

  @Test
  default void theLastChangeOfAKeyCounts() {
    commit(put("one", "k", 1), put("one", "k", 2), put("one", "gone", 1));
    commit(new Change.RemoveState("one", "gone"), new Change.RemoveState("one", "never"));

    assertThat(store().state().value("one", "k").orElseThrow().octets()).containsExactly(2);
    assertThat(store().state().value("one", "gone")).isEmpty();
    assertThat(store().state().keys("one", "", "", 10)).containsExactly("k");
  }

  @Test
  default void keysComeInTheOrderOfTheirOctets() {
    String beyond = "a\uD83D\uDE00";
    commit(
        put("one", "b", 1),
        put("one", beyond, 1),
        put("one", "a\uFFEE", 1),
        put("one", "a", 1),
        put("one1", "a5", 1));

    assertThat(store().state().keys("one", "", "", 10))
        .containsExactly("a", "a\uFFEE", beyond, "b");
    assertThat(store().state().keys("one", "a", "", 10)).containsExactly("a", "a\uFFEE", beyond);
    assertThat(store().state().keys("one", "a", "a", 1)).containsExactly("a\uFFEE");
    assertThat(store().state().keys("one", "a", "b", 10)).isEmpty();
    assertThat(store().state().keys("one", "b", "a", 10)).containsExactly("b");
    assertThat(store().state().keys("none", "", "", 10)).isEmpty();
  }

  @Test
  default void octetsAreThoseOfKeysAndValues() {
    commit(put("one", "\u00e9", 1, 2, 3), put("one", "k"), put("two", "k", 1));

    assertThat(store().state().octets("one")).isEqualTo(6);
    assertThat(store().state().octets("none")).isZero();
  }

  @Test
  default void aBatchInConflictChangesNoState() {
    CommitResult result = store().commit(Batch.of(put("one", "k", 1), new Change.Unspool("gone")));

    assertThat(result).isInstanceOf(CommitResult.Conflict.class);
    assertThat(store().state().value("one", "k")).isEmpty();
  }
}
