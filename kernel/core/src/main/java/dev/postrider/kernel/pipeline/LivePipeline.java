package dev.postrider.kernel.pipeline;

import java.util.function.Supplier;

/**
 * The pipeline in use. A reload swaps it in one step; runs that have begun end on the one they
 * began with. Thread: any.
 */
public final class LivePipeline implements Supplier<Pipeline> {
  private volatile Pipeline current;

  /** Starts with this pipeline, which was proved. */
  public LivePipeline(Pipeline first) {
    this.current = first;
  }

  @Override
  public Pipeline get() {
    return current;
  }

  /**
   * Puts another pipeline in use.
   *
   * @return the one that was in use; runs on it may still be under way
   */
  public synchronized Pipeline swap(Pipeline next) {
    Pipeline before = current;
    current = next;
    return before;
  }
}
