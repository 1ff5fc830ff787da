package dev.postrider.kernel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.kernel.port.Carriers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.MailBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keeps its carrier gets the others one more, and only so many calls of a plugin may. */
class KeptCarriersTest {

  private static final int LIMIT = PipelinePolicy.defaults().computingLimit();

  private final AtomicInteger more = new AtomicInteger();
  private final Carriers counting =
      new Carriers() {
        @Override
        public boolean isKept(Thread thread) {
          return true;
        }

        @Override
        public void oneMore() {
          more.incrementAndGet();
        }

        @Override
        public void oneLess() {
          more.decrementAndGet();
        }
      };
  private final HandTimers timers = new HandTimers();
  private final CountDownLatch free = new CountDownLatch(1);
  private final AtomicInteger inside = new AtomicInteger();
  // Its thread waits, which Carriers would not call kept; here it says so, and nothing spins.
  private final Mailet busy =
      mail -> {
        inside.incrementAndGet();
        while (free.getCount() > 0) {
          try {
            free.await();
          } catch (InterruptedException e) {
            // what a stubborn plugin does
          }
        }
        return new Outcome.Discard("done");
      };

  @AfterEach
  void letGo() {
    free.countDown();
  }

  private PipelineEngine engine(Duration deadline) {
    return new PipelineEngine(
            PipelinePolicy.defaults().withStepDeadline(deadline), InstantSource.system(), timers)
        .with(counting);
  }

  private static CompletableFuture<PipelineRun> start(PipelineEngine engine, Mailet mailet) {
    Mail mail = MailBuilder.aMail().to("a@example.test").build();
    Pipeline pipeline =
        Pipelines.with("root")
            .end(mailet)
            .and("error")
            .end(m -> new Outcome.Hold(m.attribute(PipelineEngine.FAULT).orElse("")))
            .build();
    return engine.start(pipeline, "root", mail, false);
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(timers.fire()).isTrue();
    }
  }

  @Test
  void aCallOfASecondGetsOneCarrierUntilItEnds() {
    CompletableFuture<PipelineRun> run = start(engine(Duration.ofHours(1)), busy);
    await().until(() -> inside.get() == 1);
    look(1);
    assertThat(more).hasValue(0);
    look(20);
    assertThat(more).hasValue(1);
    free.countDown();
    run.join();
    assertThat(more).hasValue(0);
  }

  @Test
  void furtherCallsOfThePluginWaitForTheirTurnAndOthersDoNot() {
    PipelineEngine engine = engine(Duration.ofHours(1));
    List<CompletableFuture<PipelineRun>> runs = new ArrayList<>();
    for (int i = 0; i < LIMIT; i++) {
      runs.add(start(engine, busy));
    }
    await().until(() -> inside.get() == LIMIT);
    look(20 * LIMIT);
    assertThat(more).hasValue(LIMIT);

    List<CompletableFuture<PipelineRun>> waiting = new ArrayList<>();
    for (int i = 0; i < 3 * LIMIT; i++) {
      waiting.add(start(engine, busy));
    }
    look(20 * 4 * LIMIT);
    assertThat(more).as("who waits for a turn keeps nothing").hasValue(LIMIT);
    assertThat(start(engine, mail -> new Outcome.Discard("other")).join().plan().steps())
        .hasSize(1);
    assertThat(inside).hasValue(LIMIT);
    assertThat(waiting).noneMatch(CompletableFuture::isDone);

    free.countDown();
    runs.forEach(CompletableFuture::join);
    for (CompletableFuture<PipelineRun> each : waiting) {
      assertThat(each.orTimeout(20, TimeUnit.SECONDS).join().plan().steps())
          .singleElement()
          .extracting(Words::of)
          .asString()
          .contains("done");
    }
  }

  @Test
  void whoWaitedForItsTurnTooLongIsHeldWithTheReason() {
    PipelineEngine engine = engine(Duration.ofSeconds(2));
    List<CompletableFuture<PipelineRun>> runs = new ArrayList<>();
    for (int i = 0; i < LIMIT; i++) {
      runs.add(start(engine, busy));
    }
    await().until(() -> inside.get() == LIMIT);
    look(20 * LIMIT);
    List<CompletableFuture<PipelineRun>> waiting = new ArrayList<>();
    // As many as would end all calls of it, were they its failures.
    for (int i = 0; i < 2 * PipelinePolicy.defaults().breakerFailures(); i++) {
      waiting.add(start(engine, busy));
    }
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              for (int i = 0; i < 10; i++) {
                timers.fire();
              }
              return waiting.stream().allMatch(CompletableFuture::isDone);
            });
    for (CompletableFuture<PipelineRun> each : waiting) {
      assertThat(Words.of(each.join().plan().steps().getFirst()))
          .contains("waited longer than 2000 ms for other calls of it");
    }
    assertThat(inside).hasValue(LIMIT);
    free.countDown();
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              timers.fire();
              return more.get() == 0;
            });
    assertThat(Words.of(start(engine, busy).join().plan().steps().getFirst()))
        .as("who only waited is no failure of the mailet, which is called again")
        .contains("done");
  }
}
