package dev.postrider.dist.server;

import dev.postrider.kernel.port.Carriers;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carriers of the JVM's own scheduler, whose bean is loaded when the first one is needed. */
final class SchedulerCarriers implements Carriers {

  private static final Logger LOG = LoggerFactory.getLogger(SchedulerCarriers.class);
  private static final int MOST = 256;
  private static final Set<String> WITHOUT_CARRIER =
      Set.of("java.lang.VirtualThread", "java.lang.Object");
  private static final long PATIENCE_MILLIS = 20;
  private static final int NUDGES = 100;

  private int asked;
  private int given;

  // The JVM tells no other way. A thread without a carrier stands where it left it (parking, or in
  // Object.wait), or nowhere yet; one that waits and keeps it waits as a platform thread does, in
  // Unsafe.park.
  @Override
  public boolean isKept(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0
        && !WITHOUT_CARRIER.contains(stack[0].getClassName())
        && thread.getState() != Thread.State.BLOCKED;
  }

  @Override
  public synchronized void oneMore() {
    if (++asked == MOST + 1) {
      LOG.error("{} calls of plugins compute without end; restart, and mend the plugin", MOST);
    }
    apart(
        () -> {
          adjust();
          nudge(NUDGES);
        });
  }

  @Override
  public synchronized void oneLess() {
    asked--;
    adjust();
  }

  private synchronized void adjust() {
    int wanted = Math.min(asked, MOST);
    if (wanted != given) {
      changeBy(wanted - given);
      given = wanted;
    }
  }

  // There is one scheduler, however many servers there are.
  private static synchronized void changeBy(int carriers) {
    VirtualThreadSchedulerMXBean scheduler =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    scheduler.setParallelism(scheduler.getParallelism() + carriers);
  }

  // The scheduler begins with a carrier that it may have when something comes into a queue of it
  // that was empty. Each thread from outside has its queue; so a new one, until it helped.
  private static void nudge(int times) {
    CountDownLatch ran = new CountDownLatch(1);
    Thread.ofVirtual().start(ran::countDown);
    try {
      if (!ran.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) && times > 1) {
        apart(() -> nudge(times - 1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void apart(Runnable task) {
    Thread.ofPlatform().daemon().name("carriers").start(task);
  }
}
