package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.port.Carriers;
import dev.postrider.kernel.port.Timers;
import dev.postrider.plugin.Mail;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * Runs mails through a pipeline and collects what is decided into a plan; commits nothing.
 *
 * <p>The matcher of an entry splits the recipients: the mailet gets the mail for those that match,
 * the others pass by. Parts of a mail that differ are worked off one after the other, each to its
 * end. A plugin that throws, hangs or answers nonsense is handled as its entry says. What falls off
 * the end of a processor is held, but of {@code connect}, {@code sender} and {@code recipient} it
 * is allowed, and of {@code message} it goes on with {@code root}.
 *
 * <p>Thread: any. A run has a virtual thread of its own.
 */
public final class PipelineEngine {

  /** Attribute of a mail that goes to another processor because a plugin failed: what failed. */
  public static final String FAULT = "postrider.fault";

  /**
   * Attribute of a mail that an admin released: the reason it was held for. A mailet that would
   * hold it for the same reason is passed by. Where the processor ends with that, it starts anew:
   * in the processor in which a plugin failed, else in {@code root}, which does not send it there
   * again.
   */
  public static final String RELEASED = "postrider.released";

  private final PipelinePolicy policy;
  private final InstantSource clock;
  private final Timers timers;
  private final KeptCarriers carriers;
  private final Breakers breakers;
  private final RunObserver observer;

  /** Failures of plugins are counted over all runs of this engine, which nobody observes. */
  public PipelineEngine(PipelinePolicy policy, InstantSource clock, Timers timers) {
    this(policy, clock, timers, RunObserver.NONE);
  }

  /** Failures of plugins are counted over all runs of this engine. */
  public PipelineEngine(
      PipelinePolicy policy, InstantSource clock, Timers timers, RunObserver observer) {
    this(
        policy,
        clock,
        timers,
        new KeptCarriers(Carriers.FIXED, policy.computingLimit()),
        new Breakers(clock, policy),
        observer);
  }

  private PipelineEngine(
      PipelinePolicy policy,
      InstantSource clock,
      Timers timers,
      KeptCarriers carriers,
      Breakers breakers,
      RunObserver observer) {
    this.carriers = carriers;
    this.observer = observer;
    this.breakers = breakers;
    this.policy = policy;
    this.clock = clock;
    this.timers = timers;
  }

  /** The same, with the same counts of failures, whose runs are observed. */
  public PipelineEngine observedBy(RunObserver other) {
    return new PipelineEngine(policy, clock, timers, carriers, breakers, other);
  }

  /** The same, where calls that keep their carrier get the others one more. */
  public PipelineEngine with(Carriers others) {
    KeptCarriers kept = new KeptCarriers(others, policy.computingLimit());
    return new PipelineEngine(policy, clock, timers, kept, breakers, observer);
  }

  /**
   * Begins a run and returns at once. The future never fails for what plugins do.
   *
   * @param processor where the mail starts
   * @param traced whether to record each step
   */
  public CompletableFuture<PipelineRun> start(
      Pipeline pipeline, String processor, Mail mail, boolean traced) {
    return new RunInProgress(
            pipeline,
            policy,
            breakers,
            new TraceLog(clock, traced),
            timers,
            carriers,
            observer.begin(pipeline, processor, mail))
        .start(processor, mail);
  }

  /** Runs a mail and waits for the end. */
  public PipelineRun run(Pipeline pipeline, String processor, Mail mail, boolean traced) {
    return start(pipeline, processor, mail, traced).join();
  }
}
