package dev.postrider.kernel.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.PluginWorkshop;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginIsolationTest {

  private static final Place HERE = new Place("conf/pipeline.xml", 7);

  @TempDir Path directory;
  private PluginWorkshop workshop;
  private final Problems problems = new Problems();

  @BeforeEach
  void openWorkshop() {
    workshop = new PluginWorkshop(directory);
  }

  /** A plugin with one mailet that holds mail and gives as reason what {@code expression} says. */
  private void build(String name, String mailet, String expression, Map<String, String> more) {
    Map<String, String> sources = new HashMap<>(more);
    sources.put(
        "acme." + mailet + "Plugin",
        """
        package acme;
        import dev.postrider.plugin.*;
        import java.util.List;
        public class %1$sPlugin implements Plugin {
          public List<Class<? extends Mailet>> mailets() { return List.of(%1$s.class); }
        }
        """
            .formatted(mailet));
    sources.put(
        "acme." + mailet,
        """
        package acme;
        import dev.postrider.plugin.*;
        public class %1$s implements Mailet {
          public Outcome process(Mail mail) { return new Outcome.Hold(String.valueOf(%2$s)); }
          static String load(String name) {
            try { return Class.forName(name).getName(); }
            catch (ClassNotFoundException e) { return "hidden"; }
          }
        }
        """
            .formatted(mailet, expression));
    workshop.build(name, "1.0-" + name, "acme." + mailet + "Plugin", sources);
  }

  private Mailet mailet(PluginCatalog catalog, String name) {
    PluginFactory factory =
        new PluginFactory(
            catalog,
            PluginServices.of(
                new InMemoryDns(), FixedDirectory.of(), FixedClock.at("2026-01-15T12:00:00Z")));
    return factory
        .type(PluginType.Kind.MAILET, name, Set.of(), HERE, problems)
        .flatMap(type -> factory.mailet(type, List.of(), HERE, problems))
        .orElseThrow()
        .instance();
  }

  private String reason(PluginCatalog catalog, String name) {
    Outcome outcome = mailet(catalog, name).process(MailBuilder.aMail().build());
    return ((Outcome.Hold) outcome).reason();
  }

  @Test
  void twoPluginsBringTwoVersionsOfOneClass() {
    build("one", "One", "Library.VERSION()", library("1"));
    build("two", "Two", "Library.VERSION()", library("2"));
    try (PluginCatalog catalog = PluginLoader.load(workshop.plugins(), problems)) {
      assertThat(problems.sorted()).isEmpty();
      assertThat(reason(catalog, "One")).isEqualTo("1");
      assertThat(reason(catalog, "Two")).isEqualTo("2");
    }
  }

  private static Map<String, String> library(String version) {
    return Map.of(
        "acme.Library",
        "package acme; class Library { static String VERSION() { return \"" + version + "\"; } }");
  }

  @Test
  void aPluginSeesTheApiAndTheJdkButNotTheKernelItsLibrariesAndOtherPlugins() {
    build("other", "Other", "1", Map.of());
    build(
        "nosy",
        "Nosy",
        String.join(
            " + ' ' + ",
            "load(\"dev.postrider.plugin.service.Dns\")",
            "load(\"java.sql.Connection\")",
            "load(\"dev.postrider.kernel.store.Store\")",
            "load(\"dev.postrider.kernel.host.plugin.PluginLoader\")",
            "load(\"dev.postrider.plugin.testkit.MailBuilder\")",
            "load(\"org.apache.commons.configuration2.XMLConfiguration\")",
            "load(\"org.slf4j.Logger\")",
            "load(\"acme.Other\")"),
        Map.of());
    try (PluginCatalog catalog = PluginLoader.load(workshop.plugins(), problems)) {
      assertThat(problems.sorted()).isEmpty();
      assertThat(reason(catalog, "Nosy"))
          .isEqualTo(
              "dev.postrider.plugin.service.Dns java.sql.Connection"
                  + " hidden hidden hidden hidden hidden hidden");
    }
  }

  @Test
  void resourcesOfTheKernelAreHiddenToo() {
    build(
        "nosy",
        "Nosy",
        "Nosy.class.getClassLoader().getResource(\"dev/postrider/kernel/store/Store.class\")",
        Map.of());
    try (PluginCatalog catalog = PluginLoader.load(workshop.plugins(), problems)) {
      assertThat(reason(catalog, "Nosy")).isEqualTo("null");
    }
  }

  @Test
  void theCatalogTellsWhoseItIsAndOfWhichVersion() {
    build("one", "One", "1", Map.of());
    try (PluginCatalog catalog = PluginLoader.load(workshop.plugins(), problems)) {
      assertThat(catalog.all(PluginType.Kind.MAILET))
          .extracting(type -> type.name() + " " + type.plugin() + " " + type.version())
          .containsExactly("One one 1.0-one");
      assertThat(catalog.all(PluginType.Kind.MATCHER)).isEmpty();
    }
  }

  @Test
  void oneNameInTwoPluginsIsAProblem() {
    build("one", "Same", "1", Map.of());
    build("two", "Same", "2", Map.of());
    PluginLoader.load(workshop.plugins(), problems).close();
    assertThat(problems.sorted())
        .extracting(Object::toString)
        .containsExactly(
            "plugins/two: the plugins 'one' and 'two' both offer 'Same'; remove one of them");
  }

  @Test
  void directoriesThatAreNoPluginsAreProblems() throws Exception {
    Files.createDirectories(workshop.plugins().resolve("empty"));
    workshop.build(
        "silent",
        "1",
        "acme.Silent",
        Map.of(
            "acme.Silent",
            "package acme; public class Silent implements dev.postrider.plugin.Plugin {}"));
    workshop.build("lost", "1", "acme.Missing", Map.of("acme.Lost", "package acme; class Lost {}"));
    PluginLoader.load(workshop.plugins(), problems).close();
    assertThat(problems.sorted())
        .extracting(Object::toString)
        .containsExactly(
            "plugins/empty: the plugin has no jar; put its jars there, or remove the directory",
            "plugins/lost: the plugin can't be loaded: java.util.ServiceConfigurationError:"
                + " dev.postrider.plugin.Plugin: Provider acme.Missing not found; ask its author",
            "plugins/silent: the plugin offers no matcher and no mailet; name its Plugin class in"
                + " META-INF/services/dev.postrider.plugin.Plugin");
  }

  @Test
  void classesThatDeclareNonsenseAreProblems() {
    workshop.build(
        "odd",
        "1",
        "acme.Odd",
        Map.of(
            "acme.Odd",
            """
            package acme;
            import dev.postrider.plugin.*;
            import java.util.*;
            public class Odd implements Plugin {
              public List<Class<? extends Mailet>> mailets() {
                return List.of(Unreadable.class, BadDefault.class, Two.class, Hidden.class, Asks.class);
              }
              public abstract static class Base implements Mailet {
                public Outcome process(Mail mail) { return Outcome.next(mail); }
              }
              public static class Unreadable extends Base {
                public Unreadable(@Param(name = "x", doc = "") StringBuilder x) {}
              }
              public static class BadDefault extends Base {
                public BadDefault(@Param(name = "n", doc = "", defaultValue = "ten") int n) {}
              }
              public static class Two extends Base {
                public Two() {}
                public Two(@Param(name = "n", doc = "") int n) {}
              }
              static class Hidden extends Base {}
              public static class Asks extends Base {
                public Asks(Runtime runtime) {}
              }
            }
            """));
    PluginLoader.load(workshop.plugins(), problems).close();
    assertThat(problems.sorted())
        .extracting(problem -> problem.place() + ": " + problem.what())
        .containsExactly(
            "plugins/odd: acme.Odd$Unreadable declares the parameter 'x' of type"
                + " java.lang.StringBuilder, which can't be read from text",
            "plugins/odd: acme.Odd$BadDefault has a default for 'n' that can't be read: 'ten' is"
                + " not a whole number",
            "plugins/odd: acme.Odd$Two has 2 public constructors",
            "plugins/odd: acme.Odd$Hidden is not a public class that can be made",
            "plugins/odd: acme.Odd$Asks asks for java.lang.Runtime, which the host does not lend");
  }
}
