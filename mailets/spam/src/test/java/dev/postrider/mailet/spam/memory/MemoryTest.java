package dev.postrider.mailet.spam.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.service.PluginState;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryState;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryTest {

  private final InMemoryState state = new InMemoryState();
  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");

  @Test
  void aFewAreSeenByOthersAtOnceAndACrowdIsWrittenTogether() {
    Memory memory = new Memory(state, clock, "m/");
    for (int i = 1; i <= 10; i++) {
      memory.put(i, new Row(i, 0, 0));
      assertThat(new Memory(state, clock, "m/").get(i)).as("row %d", i).isPresent();
    }
    memory.put(-1, new Row(2, 3, memory.minute()));
    assertThat(memory.get(-1)).contains(new Row(2, 3, memory.minute()));
    assertThat(new Memory(state, clock, "m/").get(-1)).isEmpty();
    clock.advance(Duration.ofSeconds(6));
    memory.put(-2, new Row(4, 5, 6));
    assertThat(new Memory(state, clock, "m/").get(-1)).isPresent();
    assertThat(new Memory(state, clock, "m/").get(-2)).contains(new Row(4, 5, 6));
    assertThat(new Memory(state, clock, "other/").get(1)).isEmpty();
  }

  @Test
  void whatAnotherWroteAfterALookIsSeenASecondLater() {
    Memory reading = new Memory(state, clock, "m/");
    assertThat(reading.get(1)).isEmpty();
    new Memory(state, clock, "m/").put(1, new Row(1, 0, 0));
    clock.advance(Duration.ofMillis(1001));
    assertThat(reading.get(1)).isPresent();
  }

  @Test
  void twoOnOneStateKeepWhatTheOtherWrote() {
    Memory one = new Memory(state, clock, "m/");
    Memory other = new Memory(state, clock, "m/");
    assertThat(other.get(1)).isEmpty();
    one.put(1, new Row(1, 1, 1));
    one.write();
    other.put(2, new Row(2, 2, 2));
    other.write();
    clock.advance(Duration.ofMinutes(1));
    assertThat(one.get(2)).isPresent();
    assertThat(other.get(1)).isPresent();
  }

  @Test
  void theOldestAreForgotten() {
    Memory memory = new Memory(state, clock, "m/");
    for (int i = 1; i <= 3 * Memory.ROWS; i++) {
      memory.put(i, new Row(i, 0, i));
    }
    memory.write();
    assertThat(memory.get(1)).isEmpty();
    assertThat(memory.get(3 * Memory.ROWS)).isPresent();
    assertThat(state.get("m/0").orElseThrow()).hasSizeLessThanOrEqualTo(Memory.ROWS * 20);
  }

  @Test
  void aStormOfNewOnesDrivesOutNeitherTheProvenNorAllThatWait() {
    Memory memory = new Memory(state, clock, "m/", row -> row.b() > 0);
    int proven = Memory.ROWS / 2;
    for (int i = 1; i <= proven; i++) {
      memory.put(i, new Row(i, 1, i));
    }
    for (int i = 1; i <= 3 * Memory.ROWS; i++) {
      memory.put(proven + i, new Row(i, 0, proven + i));
    }
    memory.write();
    assertThat(memory.get(1)).isPresent();
    assertThat(memory.get(proven + 1)).isEmpty();
    for (int i = 1; i <= 3 * Memory.ROWS; i++) {
      memory.put(10_000 + i, new Row(i, 1, 10_000 + i));
    }
    memory.write();
    assertThat(memory.get(1)).isEmpty();
    assertThat(memory.get(proven + 3 * Memory.ROWS)).isPresent();
  }

  @Test
  void whatTheStoreDoesNotTakeIsNotHeldForever() {
    Memory memory = new Memory(state.failing("the disk is full"), clock, "m/");
    int asked = 0;
    for (int i = 1; i <= 20_000; i++) {
      int key = i;
      try {
        memory.put(key, new Row(key, 0, 0));
      } catch (PluginState.Unavailable _) {
        asked++;
        assertThat(memory.get(key)).isPresent();
      }
    }
    assertThat(asked).as("each time costs all tables").isBetween(10, 100);
    assertThat(memory.get(1)).isEmpty();
    assertThat(memory.get(20_000)).isPresent();
  }

  @Test
  void aNetworkIsWhatACustomerHas() {
    assertThat(Key.network(InetAddress.ofLiteral("203.0.113.9"))).hasToString("203.0.113.0/24");
    assertThat(Key.network(InetAddress.ofLiteral("2001:db8:1:2:3::4")))
        .hasToString("2001:db8:1:2:0:0:0:0/64");
  }
}
