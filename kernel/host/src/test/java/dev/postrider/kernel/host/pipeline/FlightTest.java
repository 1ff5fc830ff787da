package dev.postrider.kernel.host.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.kernel.contracts.PluginWorkshop;
import dev.postrider.kernel.host.flight.Flight;
import dev.postrider.kernel.host.flight.FlightFolder;
import dev.postrider.kernel.host.flight.FlightLimits;
import dev.postrider.kernel.host.flight.FlightRecorder;
import dev.postrider.kernel.host.flight.ObservedServices;
import dev.postrider.kernel.host.flight.Replay;
import dev.postrider.kernel.host.pipeline.tests.TestBench;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.kernel.pipeline.Trace;
import dev.postrider.kernel.port.Timers;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the flight recorder keeps is enough to run a mail again with everything else gone. */
class FlightTest {

  private static final Timers NEVER = (delay, task) -> () -> {};
  private static final String ASKS =
      """
      package acme;
      import dev.postrider.plugin.*;
      import dev.postrider.plugin.service.*;
      import java.time.InstantSource;
      import java.util.random.RandomGenerator;
      public class Asks implements Mailet {
        private final Dns dns; private final InstantSource clock; private final RandomGenerator random;
        private final PluginState state; private final Elsewhere elsewhere;
        public Asks(Dns dns, InstantSource clock, RandomGenerator random, PluginState state,
            Elsewhere elsewhere) {
          this.dns = dns; this.clock = clock; this.random = random;
          this.state = state; this.elsewhere = elsewhere;
        }
        private String counted() {
          byte[] before = state.get("count").orElse(new byte[1]);
          state.put("count", new byte[] {(byte) (before[0] + 1)});
          return before[0] + " before";
        }
        private String told() {
          try {
            return elsewhere.ask("a daemon", () -> "at " + System.nanoTime(), s -> s, s -> s);
          } catch (java.io.IOException e) {
            return e.getMessage();
          }
        }
        public Outcome process(Mail mail) {
          String found = dns.txt(mail.sender().address().get().domain()).records() + " "
              + dns.mx("nowhere.example") + " " + clock.instant() + " " + random.nextInt()
              + " " + counted() + " " + told();
          return Outcome.next(mail.withHeaders(h -> h.withFirst(HeaderField.of("X-Found", found))));
        }
      }
      """;
  private static final String PLUGIN =
      """
      package acme;
      import dev.postrider.plugin.*;
      import java.util.List;
      public class AsksPlugin implements Plugin {
        public List<Class<? extends Mailet>> mailets() { return List.of(Asks.class); }
      }
      """;

  @TempDir private Path home;
  private final FixedClock clock = FixedClock.at("2026-01-15T12:00:00Z");
  private String entry = "<mailet match=\"All\" class=\"Asks\"/>";
  private PluginCatalog catalog;

  @BeforeEach
  void plugins() {
    PluginWorkshop workshop = new PluginWorkshop(home);
    workshop.packInTree("standard", "dev.postrider.mailet.standard.StandardPlugin");
    workshop.build(
        "asks", "1", "acme.AsksPlugin", Map.of("acme.Asks", ASKS, "acme.AsksPlugin", PLUGIN));
    Problems problems = new Problems();
    catalog = PluginLoader.load(workshop.plugins(), problems);
    assertThat(problems.sorted()).isEmpty();
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private Pipeline pipeline(PluginServices services, String entry) throws IOException {
    Path file = home.resolve("pipeline.xml");
    Files.writeString(
        file,
        """
        <pipeline><processors>
          <processor state="root">
            %s
            <mailet match="RecipientIsLocal" class="LocalDelivery"/>
            <mailet match="All" class="Refuse"/>
          </processor>
          <processor state="error"><mailet match="All" class="Hold"/></processor>
        </processors></pipeline>
        """
            .formatted(entry));
    PipelineLoad load =
        new PipelineLoader(
                home,
                new PluginFactory(catalog, services),
                Map.of(),
                new TestBench(clock, NEVER, Duration.ofSeconds(5)))
            .read(file);
    return ((PipelineLoad.Loaded) load).pipeline();
  }

  private Pipeline live() throws IOException {
    InMemoryDns dns =
        new InMemoryDns().withTxt("sender.example", "a note").failing("nowhere.example", "timeout");
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    PluginServices services =
        PluginServices.of(dns, FixedDirectory.of("bob@example.test"), clock)
            .with(RandomGenerator.class, asker -> random);
    return pipeline(ObservedServices.of(services), entry);
  }

  private List<Flight> record(FlightLimits limits, int mails) throws Exception {
    FlightFolder folder = new FlightFolder(home.resolve("flight"), limits);
    Pipeline live = live();
    FlightRecorder recorder =
        new FlightRecorder(folder, limits, home.resolve("pipeline.xml"), clock);
    PipelineEngine engine = new PipelineEngine(PipelinePolicy.defaults(), clock, NEVER, recorder);
    for (int i = 0; i < mails; i++) {
      clock.advance(Duration.ofSeconds(1));
      engine.run(live, "root", aMail("mail" + i), false);
    }
    recorder.stop();
    assertThat(recorder.leftOut()).isZero();
    return flights();
  }

  private static Mail aMail(String id) {
    return MailBuilder.aMail()
        .id(id)
        .from("a@sender.example")
        .to("bob@example.test", "eve@example.org")
        .header("Subject", id)
        .body("Line\r\n.dot\r\n")
        .build();
  }

  private List<Flight> flights() throws IOException {
    List<Flight> flights = new ArrayList<>();
    new FlightFolder(home.resolve("flight"), FlightLimits.none()).read(flights::add);
    return flights;
  }

  @Test
  void a_mail_runs_again_octet_for_octet_with_name_servers_clock_and_directory_gone()
      throws Exception {
    List<Flight> flights = record(FlightLimits.defaults(), 3);
    assertThat(flights)
        .extracting(each -> each.mail().id())
        .containsExactly("mail0", "mail1", "mail2");
    clock.advance(Duration.ofDays(400));
    Pipeline again = pipeline(Replay.services(), "<mailet match=\"All\" class=\"Asks\"/>");
    for (Flight flight : flights) {
      Replay.Result result = new Replay(clock, NEVER).run(flight, again);
      assertThat(result.unknown()).isEmpty();
      assertThat(result.fates()).isEqualTo(flight.fates());
      assertThat(result.same()).isTrue();
      assertThat(flight.pipeline()).isEqualTo(again.fingerprint());
    }
    assertThat(flights.getFirst().fates())
        .containsExactly(
            new Flight.Fate("bob@example.test", "delivered to INBOX"),
            new Flight.Fate("eve@example.org", "refused with 550 5.7.1 Refused by policy"));
  }

  @Test
  void another_pipeline_shows_other_fates_and_what_it_asks_that_nobody_asked_then()
      throws Exception {
    Flight flight = record(FlightLimits.defaults(), 1).getFirst();
    Pipeline changed =
        pipeline(
            Replay.services(),
            "<mailet match=\"HostIs=example.test\" class=\"Hold\"><reason>new</reason></mailet>");
    Replay.Result result = new Replay(clock, NEVER).run(flight, changed);
    assertThat(result.same()).isFalse();
    assertThat(result.fates()).contains(new Flight.Fate("bob@example.test", "held: new"));
  }

  @Test
  void the_oldest_go_when_there_are_more_than_the_limit_and_files_stay_within_their_size()
      throws Exception {
    FlightLimits few = new FlightLimits(8, new ByteSize(64 << 10), new ByteSize(64 << 10), 1000);
    Path unneeded = Files.createDirectories(home.resolve("flight")).resolve("pipeline-old.xml");
    Files.writeString(unneeded, "<pipeline/>");
    Files.writeString(home.resolve("flight/killed.half"), "<pipel");
    List<Flight> flights = record(few, 40);
    assertThat(flights).hasSizeBetween(8, 10);
    assertThat(flights.getLast().mail().id()).isEqualTo("mail39");
    assertThat(home.resolve("flight"))
        .isDirectoryNotContaining("glob:**old.xml")
        .isDirectoryNotContaining("glob:**.half");
    long octets = 0;
    try (Stream<Path> files = Files.list(home.resolve("flight"))) {
      for (Path file : files.toList()) {
        octets += Files.size(file);
      }
    }
    assertThat(octets).isLessThan(64 << 10);
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("flight"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("pipeline-"))
          .toList();
    }
  }

  @Test
  void a_pipeline_goes_with_the_last_flight_that_went_through_it_also_after_a_restart()
      throws Exception {
    FlightLimits few = new FlightLimits(8, new ByteSize(64 << 10), new ByteSize(64 << 10), 1000);
    String first = record(few, 4).getLast().pipeline();
    entry = "<mailet match=\"All\" class=\"Asks\"/><mailet match=\"SenderIsNull\" class=\"Null\"/>";
    String second = record(few, 4).getLast().pipeline();
    assertThat(kept())
        .containsExactlyInAnyOrder("pipeline-" + first + ".xml", "pipeline-" + second + ".xml");
    record(few, 20);
    assertThat(kept()).containsExactly("pipeline-" + second + ".xml");
  }

  @Test
  void a_torn_end_costs_only_the_flight_that_it_tears_and_the_recorder_goes_on() throws Exception {
    record(FlightLimits.defaults(), 2);
    Path file;
    try (Stream<Path> files = Files.list(home.resolve("flight"))) {
      file = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 7), StandardOpenOption.TRUNCATE_EXISTING);
    assertThat(flights()).extracting(each -> each.mail().id()).containsExactly("mail0");
    assertThat(record(FlightLimits.defaults(), 1))
        .extracting(each -> each.mail().id())
        .containsExactly("mail0", "mail0");
  }

  @Test
  void a_flight_in_the_form_of_another_release_is_passed_by_and_the_recorder_goes_on()
      throws Exception {
    byte[] json = "{}".getBytes(US_ASCII);
    CRC32C crc = new CRC32C();
    crc.update(json);
    ByteBuffer unknown = ByteBuffer.allocate(16 + json.length).putInt(0x50524631);
    unknown.putInt(json.length).putInt(0).putInt((int) crc.getValue()).put(json);
    Path folder = Files.createDirectories(home.resolve("flight"));
    Files.write(folder.resolve("00000001.flights"), unknown.array());

    assertThat(record(FlightLimits.defaults(), 2))
        .extracting(each -> each.mail().id())
        .containsExactly("mail0", "mail1");
  }

  @Test
  void a_pipeline_that_could_not_be_kept_is_kept_with_the_next_flight() throws Exception {
    Path folder = home.resolve("flight");
    Files.writeString(folder, "in the way");
    FlightLimits limits = FlightLimits.defaults();
    Pipeline live = live();
    FlightRecorder recorder =
        new FlightRecorder(
            new FlightFolder(folder, limits), limits, home.resolve("pipeline.xml"), clock);
    PipelineEngine engine = new PipelineEngine(PipelinePolicy.defaults(), clock, NEVER, recorder);
    engine.run(live, "root", aMail("lost"), false);
    await().until(() -> recorder.leftOut() == 1);
    Files.delete(folder);
    engine.run(live, "root", aMail("kept"), false);
    recorder.stop();

    assertThat(flights()).extracting(each -> each.mail().id()).containsExactly("kept");
    assertThat(kept()).containsExactly("pipeline-" + live.fingerprint() + ".xml");
  }

  @Test
  void what_a_mailet_made_and_nobody_can_read_is_left_out_and_the_run_goes_on() throws Exception {
    FlightLimits limits = FlightLimits.defaults();
    FlightRecorder recorder =
        new FlightRecorder(
            new FlightFolder(home.resolve("flight"), limits),
            limits,
            home.resolve("pipeline.xml"),
            clock);
    Mail mail = aMail("odd");
    Passing content = new Passing(Content.of("Subject: x\r\n\r\n".getBytes(US_ASCII)));
    Mail made = mail.withMessage(Message.read(content));
    content.gone = true;

    recorder
        .begin(live(), "root", mail)
        .end(new PipelineRun(new Plan(List.of(new Plan.Step.Emit(made))), List.of(), Trace.NONE));
    recorder.stop();

    assertThat(recorder.leftOut()).isOne();
  }

  private static final class Passing implements Content {
    private final Content whole;
    private boolean gone;

    Passing(Content whole) {
      this.whole = whole;
    }

    @Override
    public long size() {
      return whole.size();
    }

    @Override
    public InputStream open(long offset) throws IOException {
      if (gone) {
        throw new IllegalStateException("it is gone");
      }
      return whole.open(offset);
    }
  }

  @Test
  void a_message_over_the_limit_is_kept_with_its_header_only_and_says_so() throws Exception {
    FlightLimits small = new FlightLimits(8, new ByteSize(64 << 10), new ByteSize(20), 1000);
    Flight flight = record(small, 1).getFirst();
    assertThat(flight.whole()).isFalse();
    assertThat(flight.mail().message().headers().first("Subject")).isPresent();
  }
}
