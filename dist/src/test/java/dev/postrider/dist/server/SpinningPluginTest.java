package dev.postrider.dist.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.pipeline.WheelTimers;
import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.OnException;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.MailBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Mailets that keep every carrier keep no other mail from its way, however long their deadline is.
 */
class SpinningPluginTest {

  private static final Place HERE = new Place("pipeline.xml", 1);
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final CountDownLatch INITIALISED = new CountDownLatch(1);
  private static final CountDownLatch BEGUN = new CountDownLatch(1);

  private final CountDownLatch free = new CountDownLatch(1);
  private final WheelTimers timers = new WheelTimers();
  private final PipelineEngine engine =
      new PipelineEngine(
              PipelinePolicy.defaults().withStepDeadline(Duration.ofHours(1)),
              InstantSource.system(),
              timers)
          .with(new SchedulerCarriers());
  private final List<CompletableFuture<PipelineRun>> stuck = new ArrayList<>();

  /** Never gets to be a class while a test goes on. */
  private static final class Endless {
    static {
      waitFor(INITIALISED);
    }

    private Endless() {}

    static Outcome answer() {
      return new Outcome.Hold("initialised");
    }
  }

  private static void waitFor(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Pipeline pipeline(Mailet mailet) {
    Entry entry =
        new Entry(
            HERE,
            "All",
            Mail::all,
            new Criterion.Always(),
            "Mailet",
            mailet,
            true,
            Optional.empty(),
            List.of(),
            OnException.standard(),
            OnException.standard());
    return new Pipeline(Map.of("root", new Processor("root", HERE, List.of(entry))));
  }

  private CompletableFuture<PipelineRun> start(Pipeline pipeline) {
    return engine.start(pipeline, "root", MailBuilder.aMail().build(), false);
  }

  private void assertThatOthersGoOn() throws Exception {
    Mailet honest = mail -> Outcome.done(new Effect.Deliver(mail, "INBOX"));
    PipelineRun run = start(pipeline(honest)).get(30, TimeUnit.SECONDS);
    assertThat(run.plan().steps()).hasSize(1);
    assertThat(stuck).noneMatch(CompletableFuture::isDone);
  }

  @AfterEach
  void letGo() throws Exception {
    free.countDown();
    for (CompletableFuture<PipelineRun> each : stuck) {
      assertThat(each.get(30, TimeUnit.SECONDS).plan().steps()).hasSize(1);
    }
    timers.close();
  }

  private void spin() {
    while (free.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  private Mailet spinning() {
    return mail -> {
      spin();
      return new Outcome.Hold(mail.id());
    };
  }

  @Test
  void moreMailetsThatSpinThanThereAreProcessors() throws Exception {
    for (int i = 0; i <= PROCESSORS; i++) {
      stuck.add(start(pipeline(spinning())));
    }
    assertThatOthersGoOn();
  }

  @Test
  void manyMailsForOneMailetThatSpins() throws Exception {
    Pipeline one = pipeline(spinning());
    for (int i = 0; i < 20 * PROCESSORS; i++) {
      stuck.add(start(one));
    }
    assertThatOthersGoOn();
    assertThatOthersGoOn();
  }

  @Test
  void oneThatLeavesThreadsBehind() throws Exception {
    Pipeline one =
        pipeline(
            mail -> {
              Thread.ofPlatform().daemon().start(() -> waitFor(free));
              Thread.ofVirtual().start(() -> waitFor(free));
              return new Outcome.Hold(mail.id());
            });
    for (int i = 0; i < 50; i++) {
      assertThat(start(one).get(30, TimeUnit.SECONDS).plan().steps()).hasSize(1);
    }
    assertThatOthersGoOn();
  }

  @Test
  void oneWhoseOwnThreadsSpin() throws Exception {
    CountDownLatch spinning = new CountDownLatch(PROCESSORS);
    Runnable task =
        () -> {
          spinning.countDown();
          spin();
        };
    Pipeline one =
        pipeline(
            mail -> {
              for (int i = 0; i < 2 * PROCESSORS; i++) {
                Thread.ofVirtual().start(task);
              }
              return new Outcome.Hold(mail.id());
            });
    try (CarrierWatch watch =
        new CarrierWatch(
            new SchedulerCarriers(), timers, probe -> Thread.ofVirtual().start(probe))) {
      watch.start();
      CompletableFuture<PipelineRun> last = start(one);
      spinning.await();
      assertThatOthersGoOn();
      assertThat(last.get(30, TimeUnit.SECONDS).plan().steps()).hasSize(1);
      free.countDown();
    }
  }

  @Test
  void aClassThatIsNeverInitialised() throws Exception {
    Pipeline one =
        pipeline(
            _ -> {
              BEGUN.countDown();
              return Endless.answer();
            });
    for (int i = 0; i <= PROCESSORS; i++) {
      stuck.add(start(one));
    }
    try {
      BEGUN.await();
      assertThatOthersGoOn();
    } finally {
      INITIALISED.countDown();
    }
  }
}
