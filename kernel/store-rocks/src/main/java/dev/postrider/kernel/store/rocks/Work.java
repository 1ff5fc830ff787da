package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.plugin.Content;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Something a thread wants of the committer, and where it waits for the result. */
abstract sealed class Work {

  private final Thread waiter = Thread.currentThread();
  private volatile @Nullable CommitResult result;

  /** Octets of content that it brings. */
  abstract long weight();

  /** Only the first result counts. */
  final void complete(CommitResult value) {
    if (result == null) {
      result = value;
      LockSupport.unpark(waiter);
    }
  }

  final boolean isComplete() {
    return result != null;
  }

  /** Waits, interrupted or not: the result is known only when it is durable. */
  final CommitResult await() {
    boolean interrupted = false;
    CommitResult value = result;
    while (value == null) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
      value = result;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return value;
  }

  /** A batch with its new contents. */
  static final class Commit extends Work {
    final Batch batch;
    final IdentityHashMap<Content, Octets> fresh;

    Commit(Batch batch, IdentityHashMap<Content, Octets> fresh) {
      this.batch = batch;
      this.fresh = fresh;
    }

    @Override
    long weight() {
      long sum = 0;
      for (Octets octets : fresh.values()) {
        sum += octets.length();
      }
      return sum;
    }
  }

  /** Live contents that leave a segment. */
  static final class Evacuate extends Work {

    /** One of them, and where it was when it was read. */
    record Moved(long content, long segment, long offset, Octets octets) {}

    final List<Moved> contents;

    Evacuate(List<Moved> contents) {
      this.contents = contents;
    }

    @Override
    long weight() {
      return contents.stream().mapToLong(moved -> moved.octets().length()).sum();
    }
  }

  /** A task that runs on the committer's thread between two groups. */
  static final class Between extends Work {
    final Runnable task;

    Between(Runnable task) {
      this.task = task;
    }

    @Override
    long weight() {
      return 0;
    }
  }

  /** The last one. */
  static final class Stop extends Work {
    @Override
    long weight() {
      return 0;
    }
  }
}
