package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.port.Carriers;
import dev.postrider.kernel.port.Timers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time of each plugin call of one run without a thread per call: the run's own thread
 * calls, one timer per run looks at it four times per deadline. A call over its deadline is
 * interrupted; one that does not heed that within the grace time is left behind with its thread,
 * and the run goes on in another thread.
 *
 * <p>The time is counted in looks, not read from the clock, so that a clock that is set forward
 * harms no mail: a call gets between one deadline and five quarters of it.
 */
final class StepGuard {
  private static final int LOOKS = 4;

  private final Timers timers;
  private final PipelinePolicy policy;
  private final Breakers breakers;
  private final Consumer<Runnable> threads;
  private final Carriers carriers;
  private @Nullable Thread runner;
  private Spare spare = new Spare();
  private @Nullable Consumer<String> takeOver;
  private @Nullable Object called;
  private Runnable cancelTimer = () -> {};
  private long call;
  private long seenCall = -1;
  private int seen;
  private boolean interrupted;
  private boolean over;

  /** Whether a call got a carrier beside the one that it keeps. */
  private static final class Spare {
    private boolean taken;
  }

  StepGuard(
      Timers timers,
      Carriers carriers,
      PipelinePolicy policy,
      Breakers breakers,
      Consumer<Runnable> threads) {
    this.timers = timers;
    this.carriers = carriers;
    this.policy = policy;
    this.breakers = breakers;
    this.threads = threads;
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
    Spare mineToGiveBack = new Spare();
    long mine =
        begin(
            plugin,
            mineToGiveBack,
            reason -> then.accept(new Answer.Failed<>(reason, Optional.empty())));
    Answer<T> answer = invoke(question);
    Ended ended = endOf(mine);
    giveBack(mineToGiveBack);
    if (ended != Ended.IN_TIME) {
      breakers.returned(plugin);
    }
    if (ended == Ended.LEFT_BEHIND) {
      return false;
    }
    then.accept(
        ended == Ended.INTERRUPTED ? new Answer.Failed<>(tooLong(), Optional.empty()) : answer);
    return true;
  }

  private enum Ended {
    IN_TIME,
    INTERRUPTED,
    LEFT_BEHIND
  }

  private synchronized long begin(Object plugin, Spare ofCall, Consumer<String> ifLeftBehind) {
    spare = ofCall;
    called = plugin;
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

  private synchronized void giveBack(Spare ofCall) {
    if (ofCall.taken) {
      carriers.oneLess();
    }
  }

  // Twice at the same call and not waiting: it computes, and keeps others from their carrier.
  private void spare(Thread busy) {
    if (!spare.taken && busy.getState() == Thread.State.RUNNABLE) {
      spare.taken = true;
      carriers.oneMore();
    }
  }

  private synchronized void watch() {
    Thread busy = runner;
    Consumer<String> next = takeOver;
    Object plugin = called;
    if (over) {
      return;
    }
    if (busy == null || next == null || plugin == null || call != seenCall) {
      seenCall = call;
      seen = 0;
      arm(look());
    } else if (interrupted) {
      call++;
      runner = null;
      takeOver = null;
      threads.accept(() -> next.accept(tooLong() + " and did not heed the interrupt"));
      arm(look());
    } else if (++seen >= LOOKS) {
      interrupted = true;
      breakers.overTime(plugin);
      busy.interrupt();
      arm(policy.grace());
    } else {
      spare(busy);
      arm(look());
    }
  }

  private void arm(Duration delay) {
    cancelTimer = timers.shortlyAfter(delay, this::watch);
  }

  private Duration look() {
    return Duration.ofNanos(policy.stepDeadline().toNanos() / LOOKS);
  }

  private String tooLong() {
    return "took longer than " + policy.stepDeadline().toMillis() + " ms";
  }
}
