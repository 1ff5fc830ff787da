package dev.postrider.kernel.host.flight;

import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.pipeline.RunObserver;
import java.util.function.Supplier;

/**
 * Stands between plugins and what is outside of the pipeline during one run: it notes the answers,
 * or it gives those that were noted. Used by the thread that calls the plugin; a thread that a
 * plugin starts by itself is not seen.
 */
interface Outside {

  /** That of the run which calls the plugin on this thread. */
  ScopedValue<Outside> CURRENT = ScopedValue.newInstance();

  /**
   * An answer.
   *
   * @param kind of the question
   * @param question what was asked, as text
   * @param live asks for real
   */
  <T> T answer(Kind<T> kind, String question, Supplier<T> live);

  /**
   * A change of something outside: made, and its result noted, or only pretended.
   *
   * @param change what is changed, as text
   * @param live makes it
   * @return what the change answered, or would probably have
   */
  boolean changed(String change, Supplier<Boolean> live);

  /** As {@link #changed} of the run under way; makes the change where none is. */
  static boolean change(Supplier<String> change, Supplier<Boolean> live) {
    return CURRENT.isBound() ? CURRENT.get().changed(change.get(), live) : live.get();
  }

  /** As {@link #answer} of the run under way; asks for real where none is. */
  static <T> T ask(Kind<T> kind, Supplier<String> question, Supplier<T> live) {
    return CURRENT.isBound() ? CURRENT.get().answer(kind, question.get(), live) : live.get();
  }

  /**
   * Stands aside while an answer is found of which only the whole is noted: what is asked meanwhile
   * is asked for real and not noted, changes are made or pretended as ever.
   */
  default Outside aside() {
    return new Outside() {
      @Override
      public <T> T answer(Kind<T> kind, String question, Supplier<T> live) {
        return live.get();
      }

      @Override
      public boolean changed(String change, Supplier<Boolean> live) {
        return Outside.this.changed(change, live);
      }
    };
  }

  /** Calls a plugin that shall ask this. */
  default <T> T around(Supplier<T> plugin) {
    return ScopedValue.where(CURRENT, this).call(plugin::get);
  }

  /** Of a run whose plugins ask this, and of which nothing else is kept. */
  default RunObserver.Observation observation() {
    return new RunObserver.Observation() {
      @Override
      public <T> T around(Supplier<T> plugin) {
        return Outside.this.around(plugin);
      }

      @Override
      public void end(PipelineRun run) {
        // The caller has it.
      }
    };
  }
}
