package dev.postrider.plugin.testkit.pipeline;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.mailet.standard.StandardPlugin;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Plugin;
import dev.postrider.plugin.service.Meters;
import dev.postrider.plugin.service.PluginState;
import dev.postrider.plugin.testkit.InMemoryState;
import dev.postrider.plugin.testkit.RecordingMeters;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {

  private static final Path SHIPPED = Path.of("..", "..", "dist", "conf", "pipeline.xml");

  @TempDir Path folder;

  private Path pipeline(String... entries) throws IOException {
    return Files.writeString(
        folder.resolve("pipeline.xml"),
        "<pipeline><processors><processor state='root'>\n"
            + String.join("\n", entries)
            + "\n</processor><processor state='error'>"
            + "<mailet match='All' class='Hold'><reason>failed</reason></mailet>"
            + "</processor></processors></pipeline>");
  }

  @Test
  void theShippedPipelineInTenLines() {
    PipelineFile.load(SHIPPED)
        .withPluginsOnClassPath()
        .run(aMail().loggedInAs("bob@example.test").to("bob@example.test", "x@elsewhere.test"))
        .passes("root", "local", "remote")
        .hasFates("deliver bob@example.test INBOX", "relay x@elsewhere.test");
  }

  @Test
  void ownMailetsGetTheServicesOfTheTest() throws IOException {
    RecordingMeters meters = new RecordingMeters();
    PipelineFile file =
        PipelineFile.load(
                pipeline(
                    "<mailet match='All' class='CountVisits'/>",
                    "<mailet match='All' class='LocalDelivery'/>"))
            .withPlugins(new StandardPlugin(), new Visits())
            .state(new InMemoryState())
            .meters(meters);
    file.run(aMail())
        .delivers("bob@example.test")
        .withHeader("X-Visit", "1 at 2026-11-23T12:00:00Z");
    file.run(aMail())
        .delivers("bob@example.test")
        .withHeader("X-Visit", "2 at 2026-11-23T12:00:00Z");
    assertThat(meters.value("visits")).isEqualTo(2);
  }

  @Test
  void aMailetThatHangsIsHandledAsInAServer() throws IOException {
    PipelineFile.load(
            pipeline(
                "<mailet match='All' class='Hang'/>",
                "<mailet match='All' class='LocalDelivery'/>"))
        .withPlugins(new StandardPlugin(), new Visits())
        .stepDeadline(Duration.ofSeconds(1))
        .run(aMail())
        .passes("root", "error")
        .holds("bob@example.test", "failed");
  }

  @Test
  void pluginsOfAFolderAreLoadedAsAServerLoadsThem() throws Exception {
    Path jar = Files.createDirectories(folder.resolve("plugins/standard")).resolve("standard.jar");
    pack(jar);
    PipelineFile.load(pipeline("<mailet match='All' class='LocalDelivery'/>"))
        .withPluginsIn(folder.resolve("plugins"))
        .run(aMail())
        .hasFates("deliver bob@example.test INBOX");
  }

  private static void pack(Path jar) throws Exception {
    Path source =
        Path.of(StandardPlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isRegularFile(source)) {
      try (OutputStream out = Files.newOutputStream(jar)) {
        Files.copy(source, out);
      }
      return;
    }
    try (FileSystem zip =
            FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of("create", "true"));
        Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = zip.getPath("/" + source.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  @Test
  void aFileThatAServerWouldRefuseFailsTheTestWithAllReasons() throws IOException {
    PipelineFile file =
        PipelineFile.load(pipeline("<mailet match='All' class='LocalDelivry'/>"))
            .withPlugins(new StandardPlugin());
    assertThat(file.problems())
        .containsExactly(
            "pipeline.xml:2: unknown mailet 'LocalDelivry'; did you mean 'LocalDelivery'?");
    assertThatThrownBy(() -> file.run(aMail()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("did you mean 'LocalDelivery'?");
  }

  @Test
  void whatIsNotAsExpectedIsToldWithTheTrace() throws IOException {
    PipelineResult result =
        PipelineFile.load(pipeline("<mailet match='All' class='LocalDelivery'/>"))
            .withPlugins(new StandardPlugin())
            .run(aMail());
    assertThatThrownBy(() -> result.relays("bob@example.test"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected 'relay bob@example.test'")
        .hasMessageContaining("deliver bob@example.test INBOX")
        .hasMessageContaining("processor root");
    assertThatThrownBy(() -> result.passes("root", "local")).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> result.hasFates()).isInstanceOf(AssertionError.class);
  }

  /** Offers what is below. */
  public static final class Visits implements Plugin {
    @Override
    public List<Class<? extends Mailet>> mailets() {
      return List.of(CountVisits.class, Hang.class);
    }
  }

  /** Counts mails. */
  public static final class CountVisits implements Mailet {
    private final PluginState state;
    private final Meters.Counter counter;
    private final InstantSource clock;

    /** Takes services. */
    public CountVisits(PluginState state, Meters meters, InstantSource clock) {
      this.state = state;
      this.counter = meters.counter("visits");
      this.clock = clock;
    }

    @Override
    public Outcome process(Mail mail) {
      Optional<byte[]> before = state.get("visits");
      byte[] now = {(byte) (before.isPresent() ? before.get()[0] + 1 : 1)};
      assertThat(state.replace("visits", before, now)).isTrue();
      counter.increment();
      return Outcome.next(
          mail.withHeaders(
              headers ->
                  headers.withFirst(HeaderField.of("X-Visit", now[0] + " at " + clock.instant()))));
    }
  }

  /** Waits until it is interrupted. */
  public static final class Hang implements Mailet {
    @Override
    public Outcome process(Mail mail) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Outcome.next(mail);
    }
  }
}
