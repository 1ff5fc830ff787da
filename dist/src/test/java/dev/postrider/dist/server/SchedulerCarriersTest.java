package dev.postrider.dist.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SchedulerCarriersTest {

  private final SchedulerCarriers carriers = new SchedulerCarriers();

  private static void waits(Object monitor) {
    synchronized (monitor) {
      try {
        while (!Thread.currentThread().isInterrupted()) {
          monitor.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void parks(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoWaitsKeepsNoCarrier() {
    CountDownLatch end = new CountDownLatch(1);
    Thread waiting = Thread.ofVirtual().start(() -> waits(new Object()));
    Thread parked = Thread.ofVirtual().start(() -> parks(end));
    for (Thread each : new Thread[] {waiting, parked}) {
      await().until(() -> each.getState() == Thread.State.WAITING);
      assertThat(carriers.isKept(each)).isFalse();
      each.interrupt();
    }
  }

  @Test
  void whoComputesKeepsOne() {
    AtomicBoolean end = new AtomicBoolean();
    Thread computing =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!end.get()) {
                    Thread.onSpinWait();
                  }
                });
    await().until(() -> carriers.isKept(computing));
    end.set(true);
  }
}
