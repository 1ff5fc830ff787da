package dev.postrider.kernel.spool;

import static dev.postrider.kernel.intake.Platform.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.intake.Platform;
import dev.postrider.kernel.pipeline.Patience;
import dev.postrider.kernel.pipeline.Schedule;
import dev.postrider.kernel.port.TimeOrderedIds;
import dev.postrider.kernel.state.PluginStates;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Scheduled;
import dev.postrider.plugin.Stage;
import dev.postrider.plugin.service.Outbox;
import dev.postrider.plugin.service.PluginState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private final Platform platform = new Platform();
  private final Schedule schedule =
      new Schedule(platform.pipeline(), platform.time, Patience.standard());

  @AfterEach
  void close() {
    schedule.close();
    platform.close();
  }

  private record Reporter(AtomicInteger turns, Runnable act) implements Mailet, Scheduled {
    @Override
    public Outcome process(Mail mail) {
      return Outcome.next(mail);
    }

    @Override
    public Duration every() {
      return Duration.ofSeconds(10);
    }

    @Override
    public void turn() {
      turns.incrementAndGet();
      act.run();
    }
  }

  private Reporter put(Runnable act) {
    Reporter reporter = new Reporter(new AtomicInteger(), act);
    platform.processor("reports", reporter);
    return reporter;
  }

  private void pass(Reporter reporter, int seconds, int turns) {
    for (int i = 0; i < seconds; i++) {
      platform.time.advance(Duration.ofSeconds(1));
      until(() -> !schedule.isBusy());
    }
    assertThat(reporter.turns()).hasValue(turns);
  }

  @Test
  void turnsComeAtTheirPaceAlsoAfterOneThatFails() {
    Reporter reporter =
        put(
            () -> {
              throw new IllegalStateException("boom");
            });
    schedule.start();
    pass(reporter, 1, 1);
    pass(reporter, 9, 1);
    pass(reporter, 1, 2);
  }

  @Test
  void aTurnThatDoesNotEndKeepsOthersFromNothing() {
    CountDownLatch end = new CountDownLatch(1);
    Reporter stuck =
        put(
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Reporter other = new Reporter(new AtomicInteger(), () -> {});
    platform.processor("others", other);
    schedule.start();
    platform.time.advance(Duration.ofSeconds(1));
    until(() -> other.turns().get() == 1 && stuck.turns().get() == 1);
    until(
        () -> {
          platform.time.advance(Duration.ofSeconds(1));
          return other.turns().get() > 1;
        });
    assertThat(stuck.turns()).hasValue(1);
    end.countDown();
  }

  @Test
  void afterAReloadOnlyTheNewOneHasTurns() {
    Reporter old = put(() -> {});
    schedule.start();
    pass(old, 1, 1);
    Reporter next = put(() -> {});
    pass(next, 1, 1);
    pass(next, 15, 2);
    assertThat(old.turns()).hasValue(1);
  }

  @Test
  void aTurnThatTakesTooLongIsInterruptedAndTheNextOneBeginsWhenItHasEnded() {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Reporter slow =
        put(
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              uninterruptibly(end);
            });
    try (Schedule strict =
        new Schedule(platform.pipeline(), platform.time, new Patience(Duration.ofMillis(50)))) {
      strict.start();
      platform.time.advance(Duration.ofSeconds(1));
      until(() -> interrupted.getCount() == 0);
      platform.time.advance(Duration.ofSeconds(1));
      assertThat(strict.isBusy()).isTrue();
      assertThat(slow.turns()).hasValue(1);
      end.countDown();
      until(() -> !strict.isBusy());
      until(
          () -> {
            platform.time.advance(Duration.ofSeconds(1));
            return slow.turns().get() > 1;
          });
    }
  }

  private static void uninterruptibly(CountDownLatch end) {
    boolean done = false;
    while (!done) {
      try {
        end.await();
        done = true;
      } catch (InterruptedException _) {
        // It does not listen.
      }
    }
  }

  @Test
  void aTurnOfAnEarlierPipelineIsWaitedForAndInterruptedAtTheEnd() {
    CountDownLatch interrupted = new CountDownLatch(1);
    Reporter old =
        put(
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    schedule.start();
    platform.time.advance(Duration.ofSeconds(1));
    until(() -> old.turns().get() == 1);
    Reporter next = put(() -> {});
    platform.time.advance(Duration.ofSeconds(1));
    until(() -> next.turns().get() == 1);
    assertThat(schedule.isBusy()).isTrue();
    schedule.close();
    until(() -> interrupted.getCount() == 0);
  }

  @Test
  void aPaceThatNobodyCanWaitForIsNoFault() {
    AtomicInteger turns = new AtomicInteger();
    record Rare(AtomicInteger turns) implements Mailet, Scheduled {
      @Override
      public Outcome process(Mail mail) {
        return Outcome.next(mail);
      }

      @Override
      public Duration every() {
        return Duration.ofSeconds(Long.MAX_VALUE);
      }

      @Override
      public void turn() {
        turns.incrementAndGet();
      }
    }
    platform.processor("reports", new Rare(turns));
    schedule.start();
    for (int i = 0; i < 20; i++) {
      platform.time.advance(Duration.ofSeconds(1));
      until(() -> !schedule.isBusy());
    }
    assertThat(turns).hasValue(1);
  }

  @Test
  void aTurnSendsMailsInTheStepThatForgetsWhatTheyAreMadeOf() {
    PluginStates states = PluginStates.in(platform.store);
    PluginState state = states.of("reports");
    Outbox outbox =
        new SpooledOutbox(
            "reports", states, new TimeOrderedIds(platform.time, new Random(7)), platform.time);
    Mail report =
        new Mail(
            "",
            Stage.MESSAGE,
            Client.local(),
            Platform.envelope("", "bob@example.test"),
            Message.of(Platform.TEXT.getBytes(StandardCharsets.US_ASCII)),
            Map.of(),
            platform.time.instant());
    byte[] counted = {1};
    state.put("counted", counted);
    Map<String, byte[]> used = Map.of("counted", counted);
    int before = platform.store.committedBatches().size();
    assertThat(outbox.send(List.of(report), used)).isTrue();
    assertThat(platform.store.committedBatches()).hasSize(before + 1);
    assertThat(platform.kindsOfLastBatch()).containsExactly("RemoveState", "Spool");
    assertThat(platform.spool())
        .singleElement()
        .satisfies(entry -> assertThat(entry.processor()).isEqualTo("bounces"));
    assertThat(outbox.send(List.of(report), used)).as("by another one, too late").isFalse();
    assertThat(platform.spool()).hasSize(1);
  }
}
