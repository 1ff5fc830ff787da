package dev.postrider.kernel.host.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kernel.contracts.MemoryStore;
import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.store.Batch;
import dev.postrider.plugin.service.Meters;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerMetersTest {

  private final MemoryStore store = new MemoryStore();
  private final ServerMeters server = new ServerMeters(store);
  private final Meters meters = server.of("grey-list");

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theFiguresOfTheServerAreThereBeforeAnybodyAsks() {
    store.commit(
        Batch.of(
            Samples.spool("m1", Samples.NOON, "text"),
            Samples.fate("m0", Samples.NOON, Fate.RELAYED)));
    assertThat(server.text())
        .contains("postrider_spool 1.0")
        .contains("postrider_queue 0.0")
        .contains("postrider_fates_total{fate=\"relayed\"} 1.0")
        .contains("postrider_fates_total{fate=\"bounced\"} 0.0");
  }

  @Test
  void whatTheServerCountsElsewhereIsShown() {
    LongAdder count = new LongAdder();
    server.count("postrider.offences", "Offences.", "kind", "garbage", count);
    server.gauge("postrider.banned", "Bans.", () -> 3);
    count.add(2);
    assertThat(server.text())
        .contains("postrider_offences_total{kind=\"garbage\"} 2.0")
        .contains("postrider_banned 3.0");
  }

  @Test
  void aPluginsFiguresStandUnderItsName() {
    meters.counter("seen").increment();
    meters.counter("seen").add(2);
    meters.counter("seen").add(-5);
    meters.counter("verdict", "kind", "passed").increment();
    meters.timer("lookup").record(Duration.ofMillis(1500));
    meters.gauge("waiting").set(7);
    meters.gauge("waiting").set(4);
    assertThat(server.text())
        .contains("plugin_grey_list_seen_total 3.0")
        .contains("plugin_grey_list_verdict_total{kind=\"passed\"} 1.0")
        .contains("plugin_grey_list_lookup_seconds_count 1")
        .contains("plugin_grey_list_lookup_seconds_sum 1.5")
        .contains("plugin_grey_list_waiting 4.0");
  }

  @Test
  void namesThatPrometheusDoesNotTakeAndSecondMeaningsAreRefused() {
    meters.counter("seen", "kind", "a");
    assertThatThrownBy(() -> meters.counter("seen"))
        .hasMessage("the figure 'seen' is a counter with the tag 'kind' already");
    assertThatThrownBy(() -> meters.gauge("seen", "kind", "a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> meters.timer("two words"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> meters.counter("x", "tag", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new UnseenMeters().counter("two words"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatGoesBeyondTheLimitIsCountedNowhere() {
    for (int i = 0; i < Meters.MAX_FIGURES + 20; i++) {
      meters.counter("by", "value", "v" + i).increment();
    }
    assertThat(server.text().lines().filter(line -> line.startsWith("plugin_grey_list_by_total{")))
        .hasSize(Meters.MAX_FIGURES);
    server.of("other").counter("seen").increment();
    assertThat(server.text()).contains("plugin_other_seen_total 1.0");
  }
}
