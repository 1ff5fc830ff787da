package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin begun with the archetype builds, passes its tests, and works in a server. */
class ArchetypeIT {

  private static final String VERSION = System.getProperty("postrider.version", "");
  private static final Path ROOT = Path.of(System.getProperty("postrider.root", ".."));

  /** What the project needs of this build, by the folder of the module. */
  private static final Map<String, String> MODULES =
      Map.of(
          "plugins-api/api", "postrider-plugins-api",
          "plugins-api/testkit", "postrider-plugins-testkit",
          "plugins-api/pipeline-testkit", "postrider-pipeline-testkit",
          "kernel/core", "postrider-kernel-core",
          "kernel/host", "postrider-kernel-host",
          "mailets/standard", "postrider-mailets-standard",
          "dist/archetype", "postrider-plugin-archetype");

  @TempDir Path folder;
  private String maven = "";
  private Path settings = Path.of("");

  @BeforeEach
  void makeRepository() throws IOException {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(place -> Path.of(place, "mvn"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "mvn is not on the path");
    maven = found.orElseThrow().toString();
    install(ROOT.resolve("pom.xml"), Optional.empty(), "postrider");
    for (Map.Entry<String, String> module : MODULES.entrySet()) {
      Path place = ROOT.resolve(module.getKey());
      Path jar = place.resolve("target").resolve(module.getValue() + "-" + VERSION + ".jar");
      install(place.resolve("pom.xml"), Optional.of(jar), module.getValue());
    }
    // All else from what this build has fetched: nothing comes from the network.
    settings =
        Files.writeString(
            folder.resolve("settings.xml"),
            """
            <settings>
              <localRepository>%s</localRepository>
              <mirrors>
                <mirror><id>machine</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
              </mirrors>
            </settings>
            """
                .formatted(
                    folder.resolve("repository"),
                    Path.of(System.getProperty("postrider.repository", "")).toUri()));
  }

  private void install(Path pom, Optional<Path> jar, String artifact) throws IOException {
    Path place =
        Files.createDirectories(
            folder.resolve("repository/dev/postrider").resolve(artifact).resolve(VERSION));
    Files.copy(pom, place.resolve(artifact + "-" + VERSION + ".pom"));
    if (jar.isPresent()) {
      Files.copy(jar.get(), place.resolve(artifact + "-" + VERSION + ".jar"));
    }
  }

  private void maven(Path directory, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(maven, "-B", "-q", "-s", settings.toString()));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("maven.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("mvn ends").isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** The arguments of the command on a page, with the goal's plugin by its version. */
  private static List<String> asThePageSays(String page) throws IOException {
    String command =
        Pattern.compile("(?m)^    mvn archetype:generate (?:[^\n\\\\]|\\\\\n)*")
            .matcher(Files.readString(ROOT.resolve(page)))
            .results()
            .map(MatchResult::group)
            .findFirst()
            .orElseThrow();
    assertThat(command).contains("-DarchetypeVersion=" + VERSION);
    return Stream.of(command.replace("\\\n", " ").strip().split("\\s+"))
        .skip(1)
        .map(
            word ->
                word.equals("archetype:generate")
                    ? System.getProperty("postrider.archetype.plugin", "") + ":generate"
                    : word)
        .toList();
  }

  @Test
  void aNewPluginBuildsAndTagsMail() throws Exception {
    List<String> generate = new ArrayList<>(asThePageSays("dist/docs/plugins.md"));
    assertThat(asThePageSays("README.md")).isEqualTo(generate);
    generate.addAll(List.of("-DarchetypeCatalog=local", "-Dversion=1.0"));
    maven(folder, generate.toArray(String[]::new));
    Path project = folder.resolve("tagger");
    maven(project, "package");
    assertThat(project.resolve("target/surefire-reports/TEST-org.example.tagger.PipelineTest.xml"))
        .content()
        .contains("tests=\"2\"")
        .contains("failures=\"0\"")
        .contains("skipped=\"0\"");

    Path home = Launcher.home(folder);
    Path place = Files.createDirectories(home.resolve("plugins/tagger"));
    Files.copy(project.resolve("target/tagger-1.0.jar"), place.resolve("tagger-1.0.jar"));
    String entry =
        """
        <processor state="root">
          <mailet match="SubjectHas=offer" class="Tag"><value>offer</value></mailet>
        """;
    Path pipeline = home.resolve("conf/pipeline.xml");
    Files.writeString(
        pipeline,
        Files.readString(pipeline).replace("<processor state=\"root\">", entry.stripTrailing()));
    assertThat(Launcher.run("plugin", "list", "--home", home.toString()).out())
        .containsPattern("Tag +tagger 1\\.0");
    assertThat(Launcher.run("schema", "--home", home.toString()).out())
        .contains("<xs:enumeration value=\"Tag\">");
    try (RunningServer server = RunningServer.start(home)) {
      try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
        byte[] mail = "Subject: An offer\r\n\r\nhello\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(peer.send("x@elsewhere.test", "alice@example.test", mail)).startsWith("250");
      }
      try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
        assertThat(new String(drop.message(1), StandardCharsets.UTF_8)).contains("X-Tag: offer");
      }
    }
  }
}
