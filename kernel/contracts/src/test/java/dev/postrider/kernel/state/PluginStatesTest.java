package dev.postrider.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kernel.contracts.MemoryStore;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.plugin.service.PluginState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PluginStatesTest {

  private final MemoryStore store = new MemoryStore();
  private final PluginStates states = PluginStates.in(store);
  private final PluginState state = states.of("greylist");

  @AfterEach
  void close() {
    store.close();
  }

  private static byte[] octets(int... values) {
    byte[] octets = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      octets[i] = (byte) values[i];
    }
    return octets;
  }

  @Test
  void eachPluginHasItsOwn() {
    state.put("k", octets(1));
    states.of("other").put("k", octets(2));
    assertThat(state.get("k").orElseThrow()).containsExactly(1);
    assertThat(state.keys("", "", 10)).containsExactly("k");
    assertThat(states.of("greylist")).isSameAs(state);
  }

  @Test
  void arraysAreCopiedBothWays() {
    byte[] value = octets(1);
    state.put("k", value);
    value[0] = 9;
    state.get("k").orElseThrow()[0] = 8;
    assertThat(state.get("k").orElseThrow()).containsExactly(1);
  }

  @Test
  void replaceChangesOnlyWhatIsAsExpected() {
    assertThat(state.replace("k", Optional.of(octets(1)), octets(2))).isFalse();
    assertThat(state.replace("k", Optional.empty(), octets(1))).isTrue();
    assertThat(state.replace("k", Optional.empty(), octets(3))).isFalse();
    assertThat(state.replace("k", Optional.of(octets(1)), octets(2))).isTrue();
    assertThat(state.get("k").orElseThrow()).containsExactly(2);
    assertThat(state.remove("k")).isTrue();
    assertThat(state.remove("k")).isFalse();
  }

  @Test
  void countingUpFromManyThreadsLosesNothing() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(Thread.ofVirtual().start(() -> countUp(25)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(state.get("count").orElseThrow()).containsExactly((byte) 200);
  }

  private void countUp(int times) {
    for (int done = 0; done < times; ) {
      Optional<byte[]> now = state.get("count");
      int next = (now.isPresent() ? now.get()[0] & 0xff : 0) + 1;
      done += state.replace("count", now, octets(next)) ? 1 : 0;
    }
  }

  @Test
  void keysAndValuesHaveLimits() {
    state.put("\u00e9".repeat(128), new byte[PluginState.MAX_VALUE]);
    assertThatThrownBy(() -> state.put("\u00e9".repeat(128) + "x", octets()))
        .hasMessage("a key has 1 to 256 octets in UTF-8, not 257");
    assertThatThrownBy(() -> state.get("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> state.put("k", new byte[PluginState.MAX_VALUE + 1]))
        .hasMessage("a value has at most 65536 octets, not 65537");
  }

  @Test
  void aPluginThatHasTooMuchIsToldAndMayRemoveSome() {
    byte[] large = new byte[PluginState.MAX_VALUE];
    int fits = (int) (PluginState.MAX_TOTAL / (PluginState.MAX_VALUE + 4));
    for (int i = 0; i < fits; i++) {
      state.put(String.format("%04d", i), large);
    }
    assertThatThrownBy(() -> state.put("more", large))
        .isInstanceOf(PluginState.Unavailable.class)
        .hasMessage("the plugin 'greylist' has 64 MiB of state; remove some of it first");
    state.put("0000", large);
    PluginStates.in(store).of("other").put("more", large);
    assertThatThrownBy(() -> PluginStates.in(store).of("greylist").put("more", large))
        .isInstanceOf(PluginState.Unavailable.class);
    assertThat(state.remove("0001")).isTrue();
    state.put("more", large);
  }

  @Test
  void whatTheStoreDoesNotTakeIsUnavailable() {
    store.failNextCommit(new CommitResult.Full("no space"));
    assertThatThrownBy(() -> state.put("k", octets(1)))
        .isInstanceOf(PluginState.Unavailable.class)
        .hasMessage("no space");
    assertThat(state.get("k")).isEmpty();
    state.put("k", octets(1));
    store.failNextCommit(new CommitResult.Failed("broken"));
    assertThatThrownBy(() -> state.remove("k")).hasMessage("broken");
    assertThat(state.get("k")).isPresent();
  }

  @Test
  void aForgottenStateWorksAlike() {
    PluginState forgotten = PluginStates.forgotten().of("greylist");
    forgotten.put("b", octets(1));
    forgotten.put("a", octets(1, 2));
    assertThat(forgotten.keys("", "", 10)).containsExactly("a", "b");
    assertThat(forgotten.keys("", "a", 10)).containsExactly("b");
    assertThat(forgotten.replace("a", Optional.of(octets(1, 2)), octets(3))).isTrue();
    assertThat(forgotten.remove("b")).isTrue();
    assertThat(forgotten.keys("", "", 10)).containsExactly("a");
  }

  @Test
  void whatIsUsedUpGoesInTheStepThatUsesItOrNotAtAll() {
    state.put("a", octets(1));
    state.put("b", octets(2));
    Change other = new Change.PutState("greylist", "c", StateValue.of(octets(3)));
    Map<String, byte[]> both = Map.of("a", octets(1), "b", octets(2));
    state.put("b", octets(9));
    assertThat(states.commit("greylist", both, List.of(other))).isFalse();
    assertThat(state.keys("", "", 10)).containsExactly("a", "b");
    state.put("b", octets(2));
    int batches = store.committedBatches().size();
    assertThat(states.commit("greylist", both, List.of(other))).isTrue();
    assertThat(store.committedBatches()).hasSize(batches + 1);
    assertThat(state.keys("", "", 10)).containsExactly("c");
    assertThat(states.commit("greylist", both, List.of())).isFalse();
    assertThat(states.commit("greylist", Map.of(), List.of())).isTrue();
  }
}
