package dev.postrider.kernel.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.kernel.contracts.PluginWorkshop;
import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.host.pipeline.tests.TestBench;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.pipeline.LivePipeline;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a swap nothing holds the class loader of a plugin that no run uses any more. */
class OldPluginsAreCollectedTest {

  private static final String PIPELINE =
      """
      <pipeline>
        <processors>
          <processor state="root"><mailet match="All" class="Stamp"/></processor>
          <processor state="error">
            <mailet match="All" class="Hold"><reason>failed</reason></mailet>
          </processor>
        </processors>
      </pipeline>
      """;

  /** Where a plugin of this test waits, without heeding interrupts, until the gate is open. */
  private static final class Gate implements DirectoryView {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public boolean isLocalDomain(String domain) {
      entered.countDown();
      while (true) {
        try {
          open.await();
          return true;
        } catch (InterruptedException e) {
          // That is what makes it a plugin that is left behind.
        }
      }
    }

    @Override
    public boolean accepts(EmailAddress address) {
      return true;
    }
  }

  @TempDir Path home;
  private final VirtualTime time = new VirtualTime();
  private final Gate gate = new Gate();
  private final PipelineEngine engine = new PipelineEngine(PipelinePolicy.defaults(), time, time);
  private PluginWorkshop workshop;

  @BeforeEach
  void openWorkshop() throws Exception {
    workshop = new PluginWorkshop(home);
    workshop.packInTree("standard", "dev.postrider.mailet.standard.StandardPlugin");
    Files.writeString(home.resolve("pipeline.xml"), PIPELINE);
  }

  private Pipeline load(String version, String body) {
    workshop.build(
        "stamp",
        version,
        "acme.StampPlugin",
        Map.of(
            "acme.StampPlugin",
            """
            package acme;
            import dev.postrider.plugin.*;
            import java.util.List;
            public class StampPlugin implements Plugin {
              public List<Class<? extends Mailet>> mailets() { return List.of(Stamp.class); }
            }
            """,
            "acme.Stamp",
            """
            package acme;
            import dev.postrider.plugin.*;
            @Terminal
            public class Stamp implements Mailet {
              private static final ThreadLocal<Stamp> LAST = new ThreadLocal<>();
              private final dev.postrider.plugin.service.DirectoryView directory;
              private final System.Logger log;
              public Stamp(dev.postrider.plugin.service.DirectoryView directory, System.Logger log) {
                this.directory = directory;
                this.log = log;
              }
              public Outcome process(Mail mail) {
                LAST.set(this);
                log.log(System.Logger.Level.INFO, "seen");
                %s
              }
              private static class Broken extends RuntimeException {}
            }
            """
                .formatted(body)));
    Problems problems = new Problems();
    PluginCatalog catalog = PluginLoader.load(workshop.plugins(), problems);
    assertThat(problems.sorted()).isEmpty();
    PluginServices services = PluginServices.of(new InMemoryDns(), gate, time);
    PipelineLoad load =
        new PipelineLoader(
                home,
                new PluginFactory(catalog, services),
                Map.of(),
                new TestBench(time, time, TestBench.BUDGET))
            .load(home.resolve("pipeline.xml"));
    assertThat(load).isInstanceOf(PipelineLoad.Loaded.class);
    return ((PipelineLoad.Loaded) load).pipeline();
  }

  private static String hold(String reason) {
    return "return new Outcome.Hold(\"" + reason + "\");";
  }

  private static WeakReference<ClassLoader> loader(Pipeline pipeline) {
    Object mailet = pipeline.processor("root").orElseThrow().entries().getFirst().mailet();
    return new WeakReference<>(mailet.getClass().getClassLoader());
  }

  private CompletableFuture<PipelineRun> start(LivePipeline live) {
    return engine.start(live.get(), "root", MailBuilder.aMail().build(), false);
  }

  private static String reason(PipelineRun run) {
    return ((Plan.Step.Hold) run.plan().steps().getFirst()).reason();
  }

  private static boolean isCollected(WeakReference<ClassLoader> loader) {
    System.gc();
    return loader.refersTo(null);
  }

  private static void assertGoes(WeakReference<ClassLoader> loader) {
    await().atMost(Duration.ofSeconds(20)).until(() -> isCollected(loader));
  }

  @Test
  void afterASwap() {
    LivePipeline live = new LivePipeline(load("1", hold("one")));
    WeakReference<ClassLoader> old = loader(live.get());
    assertThat(reason(start(live).join())).isEqualTo("one");
    assertThat(isCollected(old)).isFalse();

    live.swap(load("2", hold("two")));

    assertThat(reason(start(live).join())).isEqualTo("two");
    assertGoes(old);
    assertThat(isCollected(loader(live.get()))).isFalse();
  }

  @Test
  void afterItFailedAlsoWhenItsLastRunEndsAfterTheSwap() {
    LivePipeline live = new LivePipeline(load("1", "throw new Broken();"));
    WeakReference<ClassLoader> old = loader(live.get());
    for (int i = 0; i < PipelinePolicy.defaults().breakerFailures() + 1; i++) {
      assertThat(start(live).join().plan().steps()).hasSize(1);
    }
    time.advance(PipelinePolicy.defaults().breakerCoolDown());

    failOnceMore(live.swap(load("2", hold("two"))));

    assertGoes(old);
  }

  private void failOnceMore(Pipeline pipeline) {
    assertThat(engine.run(pipeline, "root", MailBuilder.aMail().build(), false).plan().steps())
        .hasSize(1);
  }

  @Test
  void afterARunThatWasLeftBehindHasEnded() throws Exception {
    LivePipeline live =
        new LivePipeline(load("1", "directory.isLocalDomain(\"x\"); " + hold("never")));
    WeakReference<ClassLoader> old = loader(live.get());
    CompletableFuture<PipelineRun> run = start(live);
    gate.entered.await();
    live.swap(load("2", hold("two")));
    await()
        .until(
            () -> {
              time.advance(PipelinePolicy.defaults().stepDeadline());
              return run.isDone();
            });
    assertThat(isCollected(old)).isFalse();

    gate.open.countDown();

    assertGoes(old);
  }
}
