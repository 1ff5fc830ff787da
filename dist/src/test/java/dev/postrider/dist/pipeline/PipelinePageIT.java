package dev.postrider.dist.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.dist.client.SmtpPeer;
import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code dist/docs/pipeline.md} do on a running server what the page says. */
class PipelinePageIT {

  private static final Pattern BLOCK = Pattern.compile("(?m)(?:^    .*\n)+");
  // The shipped pipeline grows; where an entry stands and how many there are is not the point.
  private static final Pattern NUMBERS =
      Pattern.compile(
          "(?<=pipeline\\.xml:)\\d+|\\d+(?= tests|( of \\d+)? branches|\\D? processors)");
  private static final Pattern ACCEPTED = Pattern.compile("accepted as (\\S+)");

  @TempDir Path folder;
  private Path home = Path.of("");

  private record Listing(String command, List<String> output) {}

  @BeforeEach
  void home() {
    home = Launcher.home(folder);
  }

  private static List<Listing> listings() throws IOException {
    String page =
        Files.readString(
            Path.of(System.getProperty("postrider.root", ".."), "dist/docs/pipeline.md"));
    List<Listing> out = new ArrayList<>();
    BLOCK
        .matcher(page)
        .results()
        .map(block -> block.group().lines().map(String::strip).toList())
        .filter(lines -> lines.getFirst().startsWith("postrider "))
        .forEach(lines -> out.add(new Listing(lines.getFirst(), lines.subList(1, lines.size()))));
    return out;
  }

  private String accepted(RunningServer server) throws IOException {
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      String reply =
          peer.send(
              "a@elsewhere.example",
              "alice@example.test",
              "From: a@elsewhere.example\r\nSubject: An offer\r\n\r\nHello.\r\n"
                  .getBytes(US_ASCII));
      Matcher id = ACCEPTED.matcher(reply);
      assertThat(id.find()).as(reply).isTrue();
      return id.group(1);
    }
  }

  @Test
  void each_command_does_what_the_page_says() throws Exception {
    Path mail =
        Files.writeString(
            folder.resolve("mail.eml"), "From: a@elsewhere.example\nSubject: hi\n\nHello.\n");
    String shipped = Files.readString(home.resolve("conf/pipeline.xml"));
    Path changed =
        Files.writeString(
            folder.resolve("changed.xml"),
            shipped.replace(
                "<processor state=\"message\"/>",
                "<processor state=\"message\"><mailet match=\"SubjectContains=offer\""
                    + " class=\"Refuse\"/></processor>"));
    try (RunningServer server = RunningServer.start(home)) {
      String id = accepted(server);
      List<Listing> listings = listings();
      assertThat(listings).hasSizeGreaterThan(5);
      for (Listing listing : listings) {
        String line =
            listing
                .command()
                .replace("postrider ", "")
                .replace("--home DIR", "--home " + home)
                .replace("FILE.eml", mail.toString())
                .replace("NEW.xml", changed.toString())
                .replace(" ID ", " " + id + " ");
        Launcher.Result result = Launcher.run(line.split(" "));
        assertThat(result.code()).as(listing.command() + "\n" + result.err()).isZero();
        List<String> printed =
            result
                .out()
                .lines()
                .map(each -> each.replaceAll("  \\([0-9.]+ ms\\)$", "").strip())
                .map(each -> NUMBERS.matcher(each).replaceAll("N"))
                .toList();
        for (String said : listing.output()) {
          assertThat(printed)
              .as(listing.command())
              .anyMatch(each -> each.contains(NUMBERS.matcher(said).replaceAll("N")));
        }
      }
    }
  }

  @Test
  void a_replay_is_the_same_after_the_pipeline_was_changed_and_the_server_has_gone()
      throws Exception {
    String id;
    try (RunningServer server = RunningServer.start(home)) {
      id = accepted(server);
      String refusing =
          Files.readString(home.resolve("conf/pipeline.xml"))
              .replace("class=\"LocalDelivery\"/>", "class=\"Hold\"/>");
      Files.writeString(
          home.resolve("conf/pipeline.xml"),
          refusing.substring(0, refusing.indexOf("<test")) + "</pipeline>");
      assertThat(Launcher.run("reload", "--home", home.toString()).code()).isZero();
    }
    Launcher.Result replay = Launcher.run("replay", id, "--json", "--home", home.toString());
    assertThat(replay.code()).as(replay.err()).isZero();
    JsonNode run = new ObjectMapper().readTree(replay.out()).path(0);
    assertThat(run.path("same").asBoolean()).isTrue();
    assertThat(run.path("now").path(0).path("fate").asText()).isEqualTo("delivered to INBOX");
    Launcher.Result none = Launcher.run("replay", "nobody", "--home", home.toString());
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("no run of mail nobody is recorded");
  }
}
