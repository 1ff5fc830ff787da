package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.port.Carriers;
import java.util.IdentityHashMap;

/**
 * The calls that keep their carrier: they compute, or wait where nothing can take them off it. Each
 * gets one more carrier meanwhile, so that other mails go on. Of one matcher or mailet only so many
 * may do that at a time; while they do, further calls of it wait for their turn, so that the
 * processors are not shared with ever more of them. Holds a plugin only while a call of it is under
 * way. Thread: any.
 */
final class KeptCarriers {

  /** One call, from before its turn until it ended. */
  static final class Call {
    private final Object plugin;
    private volatile boolean inside;
    private boolean kept;

    Call(Object plugin) {
      this.plugin = plugin;
    }

    Object plugin() {
      return plugin;
    }

    /** Whether its turn has come. */
    boolean isInside() {
      return inside;
    }
  }

  private final IdentityHashMap<Object, Integer> kept = new IdentityHashMap<>();
  private final Carriers carriers;
  private final int limit;
  private volatile boolean any;

  KeptCarriers(Carriers carriers, int limit) {
    this.carriers = carriers;
    this.limit = limit;
  }

  /** Waits for the turn of a call; false where the thread was interrupted before it came. */
  boolean awaitTurn(Call call) {
    call.inside = !any || waited(call);
    return call.inside;
  }

  private boolean waited(Call call) {
    synchronized (kept) {
      while (kept.getOrDefault(call.plugin, 0) >= limit) {
        try {
          kept.wait();
        } catch (InterruptedException e) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Looks whether the call keeps its carrier, and gets one more for the others where it does. One
   * that waits for its turn is never counted: enough of them would wait for each other.
   */
  void look(Call call, Thread caller) {
    if (!call.kept && call.inside && carriers.isKept(caller)) {
      call.kept = true;
      synchronized (kept) {
        any = true;
        kept.merge(call.plugin, 1, Integer::sum);
      }
      carriers.oneMore();
    }
  }

  /** The call ended, in time or not. Not at the same time as a look at it. */
  void ended(Call call) {
    if (call.kept) {
      carriers.oneLess();
      synchronized (kept) {
        kept.computeIfPresent(call.plugin, (_, calls) -> calls == 1 ? null : calls - 1);
        any = !kept.isEmpty();
        kept.notifyAll();
      }
    }
  }
}
