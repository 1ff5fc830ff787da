package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.port.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time of each plugin call of one run without a thread per call: the run's own thread
 * calls, one timer per run looks at it every {@value #LOOK_MILLIS} ms, and at least four times per
 * deadline. A call over its deadline is interrupted; one that does not heed that within the grace
 * time is left behind with its thread, and the run goes on in another thread. A call that is seen
 * twice and keeps its carrier gets the others one more.
 *
 * <p>The time is counted in looks, not read from the clock, so that a clock that is set forward
 * harms no mail: a call gets between one deadline and one look more.
 */
final class StepGuard {
  private static final int LOOK_MILLIS = 75;
  private static final int FEWEST_LOOKS = 4;
  // A second. What waits and keeps its carrier is rare, and each look at a waiting call costs.
  private static final int LOOK_AT_WAITING = 13;

  private final Timers timers;
  private final PipelinePolicy policy;
  private final Breakers breakers;
  private final Consumer<Runnable> threads;
  private final KeptCarriers carriers;
  private final long looks;
  private @Nullable Thread runner;
  private @Nullable Consumer<String> takeOver;
  private KeptCarriers.@Nullable Call called;
  private final List<KeptCarriers.Call> overTime = new ArrayList<>(0);
  private Runnable cancelTimer = () -> {};
  private long call;
  private long seenCall = -1;
  private long seen;
  private boolean interrupted;
  private boolean over;

  StepGuard(
      Timers timers,
      KeptCarriers carriers,
      PipelinePolicy policy,
      Breakers breakers,
      Consumer<Runnable> threads) {
    this.timers = timers;
    this.carriers = carriers;
    this.policy = policy;
    this.breakers = breakers;
    this.threads = threads;
    this.looks = Math.max(FEWEST_LOOKS, policy.stepDeadline().toMillis() / LOOK_MILLIS);
  }

  synchronized void start() {
    if (!over) {
      arm(look());
    }
  }

  synchronized void end() {
    over = true;
    cancelTimer.run();
  }

  /**
   * Calls a plugin on this thread and hands on its answer. Returns false when this thread was left
   * behind: it must touch nothing of the run any more.
   *
   * @param plugin the matcher or mailet
   * @param question calls it
   */
  <T> boolean call(Object plugin, Supplier<T> question, Consumer<Answer<T>> then) {
    KeptCarriers.Call kept = new KeptCarriers.Call(plugin);
    long mine =
        begin(
            kept,
            reason ->
                then.accept(
                    kept.isInside()
                        ? new Answer.Failed<>(reason, Optional.empty())
                        : new Answer.NotCalled<>(waitedTooLong())));
    boolean turn = carriers.awaitTurn(kept);
    Answer<T> answer = turn ? invoke(question) : new Answer.NotCalled<>(waitedTooLong());
    Ended ended = endOf(mine);
    giveBack(kept);
    if (ended == Ended.LEFT_BEHIND) {
      return false;
    }
    then.accept(
        turn && ended == Ended.INTERRUPTED
            ? new Answer.Failed<>(tooLong(), Optional.empty())
            : answer);
    return true;
  }

  private enum Ended {
    IN_TIME,
    INTERRUPTED,
    LEFT_BEHIND
  }

  private synchronized long begin(KeptCarriers.Call kept, Consumer<String> ifLeftBehind) {
    called = kept;
    runner = Thread.currentThread();
    takeOver = ifLeftBehind;
    interrupted = false;
    return ++call;
  }

  private synchronized Ended endOf(long mine) {
    if (call != mine) {
      return Ended.LEFT_BEHIND;
    }
    runner = null;
    takeOver = null;
    if (!interrupted) {
      return Ended.IN_TIME;
    }
    Thread.interrupted();
    return Ended.INTERRUPTED;
  }

  // A plugin may do anything, also exhaust the stack: all of it is an answer here.
  private static <T> Answer<T> invoke(Supplier<T> plugin) {
    try {
      return new Answer.Given<>(plugin.get());
    } catch (Answer.Nonsense e) {
      return new Answer.Failed<>(String.valueOf(e.getMessage()), Optional.empty());
    } catch (Throwable e) {
      return new Answer.Failed<>("threw " + e, Optional.of(e));
    }
  }

  private synchronized void giveBack(KeptCarriers.Call kept) {
    carriers.ended(kept);
    if (overTime.remove(kept)) {
      breakers.returned(kept.plugin());
    }
  }

  private synchronized void watch() {
    Thread busy = runner;
    Consumer<String> next = takeOver;
    KeptCarriers.Call kept = called;
    if (over) {
      return;
    }
    if (busy == null || next == null || kept == null || call != seenCall) {
      seenCall = call;
      seen = 0;
      arm(look());
    } else if (interrupted) {
      call++;
      runner = null;
      takeOver = null;
      threads.accept(() -> next.accept(tooLong() + " and did not heed the interrupt"));
      arm(look());
    } else if (++seen >= looks) {
      interrupted = true;
      // One that still waits for its turn ends with the interrupt.
      if (kept.isInside()) {
        overTime.add(kept);
        breakers.overTime(kept.plugin());
      }
      busy.interrupt();
      arm(policy.grace());
    } else {
      if (seen == LOOK_AT_WAITING || busy.getState() == Thread.State.RUNNABLE) {
        carriers.look(kept, busy);
      }
      arm(look());
    }
  }

  private void arm(Duration delay) {
    cancelTimer = timers.shortlyAfter(delay, this::watch);
  }

  private Duration look() {
    return Duration.ofNanos(policy.stepDeadline().toNanos() / looks);
  }

  private String waitedTooLong() {
    return "waited longer than "
        + policy.stepDeadline().toMillis()
        + " ms for other calls of it that compute without end";
  }

  private String tooLong() {
    return "took longer than " + policy.stepDeadline().toMillis() + " ms";
  }
}
