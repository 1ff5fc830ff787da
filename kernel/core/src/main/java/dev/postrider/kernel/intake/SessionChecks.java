package dev.postrider.kernel.intake;

import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.kernel.port.Ids;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Stage;
import dev.postrider.plugin.Status;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the session processors of the pipeline. */
final class SessionChecks {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  private final PipelineEngine engine;
  private final Supplier<Pipeline> pipeline;
  private final Ids ids;
  private final InstantSource clock;
  private final Message noMessage = Message.none();

  SessionChecks(PipelineEngine engine, Supplier<Pipeline> pipeline, Ids ids, InstantSource clock) {
    this.engine = engine;
    this.pipeline = pipeline;
    this.ids = ids;
    this.clock = clock;
  }

  /** Whether a session processor has something to say, which may take its time. */
  boolean asks(String processor) {
    return pipeline.get().asks(processor);
  }

  /** What a session processor says; allowed where there is none. */
  Verdict ask(String processor, Stage stage, Client client, Envelope envelope) {
    Pipeline current = pipeline.get();
    if (!current.asks(processor)) {
      return Verdict.OK;
    }
    Mail mail = new Mail(ids.next(), stage, client, envelope, noMessage, Map.of(), clock.instant());
    boolean disconnect = stage == Stage.CONNECT;
    try {
      PipelineRun run = engine.run(current, processor, mail, false);
      for (Plan.Step step : run.plan().steps()) {
        if (step instanceof Plan.Step.Refuse(var _, var status)) {
          return new Verdict.Refused(status, disconnect);
        }
      }
      if (run.plan().steps().isEmpty()) {
        return Verdict.OK;
      }
      Status status = DoorStatus.NOT_NOW;
      if (run.plan().steps().getFirst() instanceof Plan.Step.Defer defer) {
        LOG.info("{} in session of {}: {}", processor, client.address(), defer.reason());
      } else {
        LOG.warn(
            "processor '{}' decided {} where there is no message yet; the peer is told to come"
                + " again",
            processor,
            run.plan().steps().getFirst().getClass().getSimpleName());
      }
      return new Verdict.Refused(status, disconnect);
    } catch (RuntimeException e) {
      LOG.error("the session processor '{}' failed", processor, e);
      return new Verdict.Refused(DoorStatus.NOT_NOW, disconnect);
    }
  }
}
