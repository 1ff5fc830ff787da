package dev.postrider.kernel.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.PluginWorkshop;
import dev.postrider.kernel.host.pipeline.tests.TestBench;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginDirectory;
import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.pipeline.Patience;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that does not come back while a pipeline is loaded is refused, and nobody waits on. */
class StuckPluginTest {

  private static final Patience PATIENCE = new Patience(Duration.ofMillis(300));

  // They stop when they are interrupted, so that no thread of this test goes on for ever.
  private static final String WAIT =
      "try { Thread.sleep(java.time.Duration.ofHours(1)); }"
          + " catch (InterruptedException e) { throw new IllegalStateException(e); }";

  @TempDir static Path home;
  private static List<PluginDirectory> plugins = List.of();

  @BeforeAll
  static void pack() throws IOException {
    PluginWorkshop workshop = new PluginWorkshop(home);
    workshop.build(
        "acme",
        "1.0",
        "acme.AcmePlugin",
        Map.of(
            "acme.AcmePlugin",
            """
            package acme;
            import dev.postrider.plugin.*;
            import java.util.List;
            public class AcmePlugin implements Plugin {
              public List<Class<? extends Mailet>> mailets() {
                return List.of(Slow.class, Fussy.class, Tag.class);
              }
              public List<Class<? extends Matcher>> matchers() { return List.of(Near.class); }
            }
            """,
            "acme.Slow",
            "package acme; import dev.postrider.plugin.*;"
                + " public class Slow implements Mailet { public Slow() { "
                + WAIT
                + " } public Outcome process(Mail mail) { return Outcome.next(mail); } }",
            "acme.Colour",
            "package acme; public class Colour { public static Colour parse(String s) { while"
                + " (!Thread.interrupted()) { Thread.onSpinWait(); } return new Colour(); } }",
            "acme.Fussy",
            "package acme; import dev.postrider.plugin.*;"
                + " public class Fussy implements Mailet { public Fussy("
                + "@Param(name = \"colour\", doc = \"Any.\") Colour c) { }"
                + " public Outcome process(Mail mail) { return Outcome.next(mail); } }",
            "acme.Tag",
            "package acme; import dev.postrider.plugin.*; @Does(Action.SET_ATTRIBUTE)"
                + " public class Tag implements Mailet {"
                + " public Outcome process(Mail mail) { "
                + WAIT
                + " return Outcome.next(mail); } }",
            "acme.Near",
            "package acme; import dev.postrider.plugin.*; @Decides(Fact.KNOWN_NETWORK)"
                + " public class Near implements Matcher {"
                + " public java.util.Set<Recipient> match(Mail mail) { "
                + WAIT
                + " return mail.none(); } }"));
    workshop.packInTree("standard", "dev.postrider.mailet.standard.StandardPlugin");
    PluginWorkshop other = new PluginWorkshop(Files.createDirectories(home.resolve("other")));
    other.build(
        "late",
        "1.0",
        "late.LatePlugin",
        Map.of(
            "late.LatePlugin",
            "package late; import dev.postrider.plugin.*;"
                + " public class LatePlugin implements Plugin { public LatePlugin() { "
                + WAIT
                + " } }"));
    plugins = PluginDirectory.all(workshop.plugins());
  }

  private static List<String> problems(String entries) throws IOException {
    Problems ofPlugins = new Problems();
    try (PluginCatalog catalog = PluginLoader.loadEach(plugins, ofPlugins)) {
      assertThat(ofPlugins.isEmpty()).isTrue();
      PluginServices services =
          PluginServices.of(
              new InMemoryDns(), FixedDirectory.of(), FixedClock.at("2026-01-15T12:00:00Z"));
      TestBench bench =
          new TestBench(InstantSource.system(), (delay, task) -> () -> {}, TestBench.BUDGET);
      Path file = Files.createDirectories(home.resolve("conf")).resolve("pipeline.xml");
      Files.writeString(
          file,
          "<pipeline><processors><processor state=\"root\">\n"
              + entries
              + "\n</processor><processor state=\"error\"><mailet class=\"Hold\"/></processor>"
              + "</processors></pipeline>");
      PipelineLoad load =
          new PipelineLoader(home, new PluginFactory(catalog, services, PATIENCE), Map.of(), bench)
              .load(file);
      return load instanceof PipelineLoad.Broken broken
          ? broken.problems().stream().map(Problem::toString).toList()
          : List.of();
    }
  }

  @Test
  void aConstructorThatNeverReturnsIsNamedWithItsPlaceAndWaitedForOnce() throws IOException {
    long began = System.nanoTime();
    assertThat(problems("<mailet class=\"Slow\"/>\n".repeat(100) + "<mailet class=\"Hold\"/>"))
        .singleElement()
        .asString()
        .startsWith(
            "conf/pipeline.xml:2: the mailet 'Slow' of plugin 'acme' can't be made: the constructor"
                + " of acme.Slow did not come back within 300 ms; it is at ")
        .contains("acme.Slow.<init>(Slow.java")
        .endsWith("; a constructor must not wait; mend the plugin, or take the entry out");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void soIsWhatReadsAParameter() throws IOException {
    assertThat(problems("<mailet class=\"Fussy\"><colour>red</colour></mailet>"))
        .singleElement()
        .asString()
        .startsWith("conf/pipeline.xml:2: the mailet 'Fussy' of plugin 'acme' can't be made")
        .contains("acme.Colour.parse");
  }

  @Test
  void soIsAMatcherThatTheProofAsks() throws IOException {
    assertThat(
            problems("<mailet match=\"Near\" class=\"RemoteDelivery\"/>\n<mailet class=\"Hold\"/>"))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith(
                        "conf/pipeline.xml:2: nothing can be proved of the matcher 'Near': acme.Near"
                            + " did not come back within 300 ms; it is at ")
                    .endsWith("; mend the plugin, or take the entry out"));
  }

  @Test
  void soIsAMailetThatTheProofAsks() throws IOException {
    assertThat(
            problems(
                "<mailet class=\"Tag\"/>\n<mailet match=\"HasMailAttribute=x\" class=\"Null\"/>\n"
                    + "<mailet class=\"Hold\"/>"))
        .singleElement()
        .asString()
        .startsWith("conf/pipeline.xml:2: nothing can be proved of the mailet 'Tag': acme.Tag did");
  }

  @Test
  void soIsAPluginThatNeverTellsWhatItOffers() throws IOException {
    Problems found = new Problems();
    PluginLoader.loadEach(PluginDirectory.all(home.resolve("other/plugins")), found, PATIENCE)
        .close();
    assertThat(found.sorted())
        .singleElement()
        .asString()
        .startsWith("plugins/late:")
        .contains("the plugin can't be loaded: its Plugin class did not come back within 300 ms")
        .contains("late.LatePlugin.<init>");
  }
}
