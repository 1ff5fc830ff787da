package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Mail;
import java.util.function.Supplier;

/**
 * Is told of the runs of an engine. Thread: any, many at once. It is called by the thread of the
 * run, so it must not wait; what it throws would end the run.
 */
public interface RunObserver {

  /** A run begins. */
  Observation begin(Pipeline pipeline, String processor, Mail mail);

  /** One run. Its methods are called one after the other. */
  interface Observation {

    /**
     * Calls a matcher or mailet.
     *
     * @param plugin the call; has to be made once, on this thread, and its answer given back
     */
    <T> T around(Supplier<T> plugin);

    /** The run is over. */
    void end(PipelineRun run);
  }

  /** Looks at nothing. */
  RunObserver NONE =
      (pipeline, processor, mail) ->
          new Observation() {
            @Override
            public <T> T around(Supplier<T> plugin) {
              return plugin.get();
            }

            @Override
            public void end(PipelineRun run) {
              // Nobody asked.
            }
          };
}
