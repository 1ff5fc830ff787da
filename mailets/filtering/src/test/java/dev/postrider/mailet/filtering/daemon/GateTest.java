package dev.postrider.mailet.filtering.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.plugin.testkit.FixedClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GateTest {

  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private final AtomicInteger asked = new AtomicInteger();

  static Terms terms(Duration deadline, int maxConcurrent, int breakAfter) {
    return new Terms(deadline, maxConcurrent, breakAfter, Duration.ofSeconds(30), OnFailure.DEFER);
  }

  private static String fine(Gate gate) throws IOException {
    return gate.through(_ -> "fine");
  }

  private void fails(Gate gate, String reason) {
    assertThatThrownBy(
            () ->
                gate.through(
                    _ -> {
                      asked.incrementAndGet();
                      throw new IOException("broken");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void afterFailuresInARowNobodyIsAskedUntilOneTryShowsThatItWorks() throws IOException {
    Gate gate = new Gate(terms(Duration.ofSeconds(20), 5, 3), clock);
    fails(gate, "broken");
    fails(gate, "broken");
    assertThat(fine(gate)).isEqualTo("fine");
    fails(gate, "broken");
    fails(gate, "broken");
    fails(gate, "broken");
    fails(gate, "not asked after 3 failures in a row");
    clock.advance(Duration.ofSeconds(29));
    fails(gate, "not asked");
    assertThat(asked).hasValue(5);
    clock.advance(Duration.ofSeconds(1));
    fails(gate, "broken");
    fails(gate, "not asked after 4 failures");
    clock.advance(Duration.ofSeconds(30));
    assertThat(fine(gate)).isEqualTo("fine");
    fails(gate, "broken");
    assertThat(fine(gate)).isEqualTo("fine");
  }

  @Test
  void onlyOneTriesAtATime() throws Exception {
    Gate gate = new Gate(terms(Duration.ofSeconds(20), 5, 1), clock);
    fails(gate, "broken");
    clock.advance(Duration.ofSeconds(30));
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Thread trying = Thread.ofVirtual().start(() -> waits(gate, entered, leave));
    entered.await();
    fails(gate, "it is tried again just now");
    leave.countDown();
    trying.join();
    assertThat(fine(gate)).isEqualTo("fine");
  }

  private static void waits(Gate gate, CountDownLatch entered, CountDownLatch leave) {
    try {
      gate.through(
          _ -> {
            entered.countDown();
            try {
              leave.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return "fine";
          });
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aClockThatIsSetBackDoesNotMakeThePauseLonger() throws IOException {
    Gate gate = new Gate(terms(Duration.ofSeconds(20), 5, 1), clock);
    fails(gate, "broken");
    clock.advance(Duration.ofDays(-1));
    assertThat(fine(gate)).isEqualTo("fine");
  }

  @Test
  void aFaultOfOursIsNotHeldAgainstTheDaemon() throws IOException {
    Gate gate = new Gate(terms(Duration.ofSeconds(20), 5, 1), clock);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  gate.through(
                      _ -> {
                        throw new IllegalStateException("ours");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(fine(gate)).isEqualTo("fine");
  }

  @Test
  void noMoreThanSoManyAtOnceAndTheOthersWaitNoLongerThanTheDeadline() throws Exception {
    Gate gate = new Gate(terms(Duration.ofMillis(80), 2, 9), clock);
    CountDownLatch entered = new CountDownLatch(2);
    CountDownLatch leave = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      threads.add(Thread.ofVirtual().start(() -> waits(gate, entered, leave)));
    }
    entered.await();
    fails(gate, "busy with 2 other mails");
    assertThat(asked).hasValue(0);
    leave.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(fine(gate)).isEqualTo("fine");
  }

  @Test
  void anInterruptEndsTheWaitAndSaysNothingOfTheDaemon() throws Exception {
    Gate gate = new Gate(terms(Duration.ofSeconds(20), 1, 1), clock);
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Thread first = Thread.ofVirtual().start(() -> waits(gate, entered, leave));
    entered.await();
    AtomicReference<String> seen = new AtomicReference<>("");
    Thread second =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    fine(gate);
                  } catch (IOException e) {
                    seen.set(String.valueOf(e.getMessage()));
                  }
                });
    second.interrupt();
    second.join();
    assertThat(seen.get()).contains("interrupted");
    leave.countDown();
    first.join();
    assertThat(fine(gate)).isEqualTo("fine");
  }

  @Test
  void termsAreChecked() {
    assertThatThrownBy(() -> terms(Duration.ZERO, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> terms(Duration.ofSeconds(1), 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> terms(Duration.ofSeconds(1), 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
