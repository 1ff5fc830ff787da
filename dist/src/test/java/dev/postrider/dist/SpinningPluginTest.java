package dev.postrider.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.OnException;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.MailBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Mailets that compute without end, on every processor, keep no other mail from its way. */
class SpinningPluginTest {

  private static final Place HERE = new Place("pipeline.xml", 1);

  private static Pipeline pipeline(Mailet mailet) {
    Entry entry =
        new Entry(
            HERE,
            "All",
            Mail::all,
            new Criterion.Always(),
            "Mailet",
            mailet,
            true,
            Optional.empty(),
            List.of(),
            OnException.standard(),
            OnException.standard());
    return new Pipeline(Map.of("root", new Processor("root", HERE, List.of(entry))));
  }

  @Test
  void mails_of_others_go_on_while_more_mailets_spin_than_there_are_processors() throws Exception {
    AtomicBoolean free = new AtomicBoolean();
    Mailet spinning =
        mail -> {
          while (!free.get()) {
            Thread.onSpinWait();
          }
          return new Outcome.Hold("spun");
        };
    Mailet honest = mail -> Outcome.done(new Effect.Deliver(mail, "INBOX"));
    try (WheelTimers timers = new WheelTimers()) {
      PipelineEngine engine =
          new PipelineEngine(
                  PipelinePolicy.defaults().withStepDeadline(Duration.ofSeconds(4)),
                  InstantSource.system(),
                  timers)
              .with(new SchedulerCarriers());
      List<CompletableFuture<PipelineRun>> spun = new ArrayList<>();
      try {
        for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
          Mail mail = MailBuilder.aMail().id("spins" + i).build();
          spun.add(engine.start(pipeline(spinning), "root", mail, false));
        }
        PipelineRun run =
            engine
                .start(pipeline(honest), "root", MailBuilder.aMail().build(), false)
                .get(20, TimeUnit.SECONDS);
        assertThat(run.plan().steps()).hasSize(1);
      } finally {
        free.set(true);
      }
      for (CompletableFuture<PipelineRun> each : spun) {
        assertThat(each.get(20, TimeUnit.SECONDS).plan().steps()).hasSize(1);
      }
    }
  }
}
