package dev.postrider.kernel.store.rocks;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for the committer, in the order in which it came, cut into groups: a lone batch is
 * never kept waiting, and under load a group takes all that is there. Any thread adds; only the
 * committer takes.
 */
final class WorkQueue {

  private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
  private static final int BUSY = 8;
  private static final long GATHERING_NANOS = 30_000;
  private static final long IMPATIENCE_MILLIS = 1_000;

  private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
  private final int groupBatches;
  private final long groupBytes;
  private int lastGroup;

  WorkQueue(int groupBatches, long groupBytes) {
    this.groupBatches = groupBatches;
    this.groupBytes = groupBytes;
  }

  void add(Work work) {
    queue.add(work);
  }

  /**
   * Waits for work and moves what makes a group to the list; returns what has to run on its own,
   * after the group.
   *
   * @param impatient whether to come back with nothing after a second
   */
  @Nullable Work take(List<Work> group, boolean impatient) {
    try {
      Work next = impatient ? queue.poll(IMPATIENCE_MILLIS, MILLISECONDS) : queue.take();
      // The threads that the last group released are about to be back. After a lone commit nobody
      // is expected, so nobody waits.
      if (lastGroup >= BUSY && queue.size() < lastGroup / 2) {
        LockSupport.parkNanos(this, GATHERING_NANOS);
      }
      Work special = fill(group, next);
      lastGroup = group.isEmpty() ? lastGroup : group.size();
      return special;
    } catch (InterruptedException e) {
      LOG.warn("the committer does not let itself be interrupted", e);
      return null;
    }
  }

  private @Nullable Work fill(List<Work> group, @Nullable Work first) {
    long bytes = 0;
    for (Work next = first; next != null; next = queue.poll()) {
      if (next instanceof Work.Between || next instanceof Work.Stop) {
        return next;
      }
      group.add(next);
      bytes += next.weight();
      if (group.size() >= groupBatches || bytes >= groupBytes) {
        return null;
      }
    }
    return null;
  }

  /** Takes all that is left. */
  List<Work> drain() {
    List<Work> left = new ArrayList<>();
    queue.drainTo(left);
    return left;
  }
}
