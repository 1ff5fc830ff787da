package dev.postrider.plugin.testkit;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What a piece of work costs the thread that does it; to show that hostile input costs little.
 *
 * @param processor time of the processor; what others do on the machine does not count
 * @param allocated octets of heap that were asked for in all, so that no more can be held at once
 * @since 1.1
 */
public record Cost(Duration processor, long allocated) {

  /**
   * Work that is measured.
   *
   * @param <E> how it may fail
   * @since 1.1
   */
  public interface Work<E extends Exception> {

    /** Does it. */
    void run() throws E;
  }

  /** Does the work twice, and measures the second time: the first one loads classes. */
  public static <E extends Exception> Cost of(Work<E> work) throws E {
    work.run();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long time = threads.getCurrentThreadCpuTime();
    long octets = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return new Cost(
        Duration.ofNanos(threads.getCurrentThreadCpuTime() - time),
        threads.getCurrentThreadAllocatedBytes() - octets);
  }

  /**
   * The same.
   *
   * @throws AssertionError when it is more than this
   */
  public Cost within(Duration mostProcessor, long mostAllocated) {
    if (processor.compareTo(mostProcessor) > 0 || allocated > mostAllocated) {
      throw new AssertionError(
          this + ", more than " + new Cost(mostProcessor, mostAllocated) + " as it should");
    }
    return this;
  }

  @Override
  public String toString() {
    return "%d ms of processor, %d KB of heap".formatted(processor.toMillis(), allocated / 1024);
  }
}
