package dev.postrider.kernel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepDeadlineTest {
  // Four looks.
  private static final PipelinePolicy POLICY =
      PipelinePolicy.defaults().withStepDeadline(Duration.ofMillis(300));

  private final HandTimers timers = new HandTimers();
  private final PipelineEngine engine = new PipelineEngine(POLICY, InstantSource.system(), timers);
  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final Mail mail = MailBuilder.aMail().to("a@example.test").build();

  @AfterEach
  void letGo() {
    release.countDown();
  }

  private static Pipeline pipeline(Mailet slow) {
    return Pipelines.with("root")
        .all(slow)
        .end(Pipelines.KEEP)
        .and("error")
        .end(m -> new Outcome.Hold(m.attribute(PipelineEngine.FAULT).orElse("")))
        .build();
  }

  private CompletableFuture<PipelineRun> startAndHang(Pipeline pipeline) throws Exception {
    CompletableFuture<PipelineRun> run = engine.start(pipeline, "root", mail, false);
    inside.await();
    return run;
  }

  private void fire(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(timers.fire()).isTrue();
    }
  }

  private static String only(PipelineRun run) {
    assertThat(run.plan().steps()).hasSize(1);
    return Words.of(run.plan().steps().getFirst());
  }

  @Test
  void aHangingMailetIsInterruptedAtItsDeadlineAndNotBefore() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    CompletableFuture<PipelineRun> run =
        startAndHang(
            pipeline(
                m -> {
                  inside.countDown();
                  try {
                    release.await();
                  } catch (InterruptedException e) {
                    interrupted.set(true);
                  }
                  return Outcome.next(m);
                }));

    fire(4);
    assertThat(interrupted).isFalse();
    assertThat(run).isNotDone();
    fire(1);

    assertThat(only(run.join()))
        .startsWith("hold a@example.test")
        .contains("took longer than 300 ms");
    assertThat(interrupted).isTrue();
    assertThat(timers.waiting()).isZero();
  }

  @Test
  void oneThatIgnoresTheInterruptIsLeftBehindAndWhatItAnswersLaterIsLost() throws Exception {
    AtomicBoolean came = new AtomicBoolean();
    CompletableFuture<PipelineRun> run =
        startAndHang(
            pipeline(
                m -> {
                  inside.countDown();
                  boolean open = false;
                  while (!open) {
                    try {
                      release.await();
                      open = true;
                    } catch (InterruptedException e) {
                      // what a stubborn plugin does
                    }
                  }
                  came.set(true);
                  return new Outcome.Discard("too late");
                }));

    fire(6);

    assertThat(only(run.join())).contains("did not heed the interrupt");
    release.countDown();
    await().untilTrue(came);
    assertThat(only(run.join())).startsWith("hold a@example.test");
  }

  @Test
  void oneThatIgnoresInterruptsHoldsSoManyThreadsAndNoMore() throws Exception {
    int limit = POLICY.overTimeLimit();
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger back = new AtomicInteger();
    Pipeline stubborn =
        pipeline(
            m -> {
              calls.incrementAndGet();
              inside.countDown();
              // Not spinning: that many would hold all carriers of this machine.
              for (boolean open = false; !open; ) {
                try {
                  release.await();
                  open = true;
                } catch (InterruptedException e) {
                  // what a stubborn plugin does
                }
              }
              back.incrementAndGet();
              return Outcome.next(m);
            });
    // Together, so that failures in a row don't stop it first.
    List<CompletableFuture<PipelineRun>> runs = new ArrayList<>();
    for (int i = 0; i < limit; i++) {
      runs.add(engine.start(stubborn, "root", mail, false));
    }
    await().until(() -> calls.get() == limit);
    fire(6 * limit);
    runs.forEach(CompletableFuture::join);

    assertThat(only(engine.run(stubborn, "root", mail, false))).contains("too often lately");
    assertThat(calls).hasValue(limit);

    release.countDown();
    await().until(() -> back.get() == limit);
  }

  @Test
  void theInterruptDoesNotReachTheNextPlugin() throws Exception {
    AtomicBoolean seen = new AtomicBoolean();
    Mailet hang =
        m -> {
          inside.countDown();
          while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
          }
          return Outcome.next(m);
        };
    Pipeline pipeline =
        Pipelines.with("root")
            .some(Pipelines.ALL, hang, OnException.standard(), new OnException.Skip())
            .end(
                m -> {
                  seen.set(Thread.currentThread().isInterrupted());
                  return new Outcome.Discard("reached");
                })
            .build();
    CompletableFuture<PipelineRun> run = startAndHang(pipeline);

    fire(5);

    assertThat(only(run.join())).isEqualTo("discard a@example.test: reached");
    assertThat(seen).isFalse();
  }
}
