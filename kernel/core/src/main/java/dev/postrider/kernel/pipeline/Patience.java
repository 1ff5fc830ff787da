package dev.postrider.kernel.pipeline;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls code of plugins outside of runs, such as while a pipeline is loaded, and waits only so
 * long. What does not come back is interrupted and left behind with its thread, which is a platform
 * thread, so that it keeps no carrier. Thread: any.
 */
public final class Patience {

  private static final Duration STANDARD = Duration.ofSeconds(10);
  private static final long IDLE_MILLIS = 500;

  private final Duration limit;
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_MILLIS,
          TimeUnit.MILLISECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("plugin-load-", 0).factory());

  /** Waits so long for each call. */
  public Patience(Duration limit) {
    this.limit = limit;
  }

  /** What is used where nothing else is said. */
  public static Patience standard() {
    return new Patience(STANDARD);
  }

  /** A call did not come back. Its message says since when, and where it is. */
  public static final class Exhausted extends Exception {
    private static final long serialVersionUID = 1L;

    private Exhausted(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Calls it.
   *
   * @throws Exhausted when it does not come back in time, or this thread is interrupted
   * @throws RuntimeException as the call does, and any error
   */
  public <T> T call(Supplier<T> question) throws Exhausted {
    Call<T> called = new Call<>(question);
    FutureTask<T> task = new FutureTask<>(called);
    threads.execute(task);
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      String where = called.place();
      task.cancel(true);
      throw new Exhausted("did not come back within " + limit.toMillis() + " ms" + where);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new Exhausted("was not waited for, as the server stops or the load was interrupted");
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    }
  }

  private static RuntimeException thrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException fault ? fault : new IllegalStateException(cause);
  }

  /** A call that can tell where it is. */
  private static final class Call<T> implements Callable<T> {
    private final Supplier<T> question;
    private volatile @Nullable Thread runner;

    Call(Supplier<T> question) {
      this.question = question;
    }

    @Override
    public T call() {
      runner = Thread.currentThread();
      return question.get();
    }

    String place() {
      Thread busy = runner;
      return busy == null
          ? ""
          : Arrays.stream(busy.getStackTrace())
              .filter(frame -> !isOfJdk(frame.getModuleName()))
              .findFirst()
              .map(frame -> "; it is at " + frame)
              .orElse("");
    }

    private static boolean isOfJdk(@Nullable String module) {
      return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }
  }
}
