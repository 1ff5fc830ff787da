package dev.postrider.dist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that a refusal prints, run as printed, shows what the proof says. */
class CounterexampleIT {

  private static final Pattern COMMAND = Pattern.compile("see it with: postrider (.*)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final String RELAY_FOR_STRANGERS =
      """
      <pipeline>
        <processors>
          <processor state="root">
            <mailet match="RecipientIsLocal" class="LocalDelivery"/>
            <matcher name="offers" match="org.apache.james.mailetcontainer.impl.matchers.And">
              <matcher match="SenderHostIs=partner.example"/>
              <matcher match="HasHeader=X-Offer"/>
            </matcher>
            <mailet match="offers" class="RemoteDelivery"/>
            <mailet match="All" class="Refuse"/>
          </processor>
          <processor state="error"><mailet match="All" class="Hold"/></processor>
        </processors>
        <test name="strangers get nothing out">
          <mail from="a@partner.example" to="x@foreign.example"/>
          <expect fate="refused"/>
        </test>
      </pipeline>
      """;

  @TempDir Path folder;
  private Path home = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void home() {
    home = Launcher.home(folder.resolve("a home"));
    file = home.resolve("conf/pipeline.xml");
  }

  private static Launcher.Result asPrinted(String refusal) {
    List<MatchResult> commands = COMMAND.matcher(refusal).results().toList();
    assertThat(commands).as(refusal).hasSize(1);
    List<String> words =
        WORD.matcher(commands.getFirst().group(1))
            .results()
            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
            .toList();
    return Launcher.run(words.toArray(String[]::new));
  }

  private void assertThatItRelays(Launcher.Result trace) {
    assertThat(trace.code()).as(trace.err()).isZero();
    assertThat(trace.out()).contains("plan\n  relay by MX to someone@foreign.example\n");
    assertThat(trace.err())
        .contains("a server refuses this pipeline")
        .contains("relays for strangers");
  }

  private Launcher.Result traceOfTheFileInUse() {
    return Launcher.run(
        "trace",
        "--home",
        home.toString(),
        "--from",
        "a@partner.example",
        "--to",
        "someone@foreign.example",
        "--header",
        "X-Offer: 1");
  }

  @Test
  void aPipelineThatNoServerStartsWithCanBeLookedAt() throws IOException {
    Files.writeString(file, RELAY_FOR_STRANGERS);
    Launcher.Result check = Launcher.run("check", "--home", home.toString());
    assertThat(check.code()).isEqualTo(1);
    assertThatItRelays(asPrinted(check.out() + check.err()));

    assertThatItRelays(traceOfTheFileInUse());

    Launcher.Result tests = Launcher.run("pipeline", "test", "--home", home.toString());
    assertThat(tests.out()).contains("passed  conf/pipeline.xml:", "1 tests, 0 failed");
    assertThat(tests.err()).contains("relays for strangers");
    Launcher.Result coverage = Launcher.run("pipeline", "coverage", "--home", home.toString());
    assertThat(coverage.code()).as(coverage.err()).isZero();
    assertThat(coverage.out()).contains("branches are taken by a test");
  }

  @Test
  void whatARunningServerRefusesToTakeCanBeLookedAtBesideIt() throws Exception {
    try (RunningServer _ = RunningServer.start(home)) {
      Files.writeString(file, RELAY_FOR_STRANGERS);
      Launcher.Result reload = Launcher.run("reload", "--home", home.toString());
      assertThat(reload.code()).isEqualTo(1);
      assertThatItRelays(asPrinted(reload.out() + reload.err()));

      assertThat(traceOfTheFileInUse().out()).doesNotContain("relay by");
    }
  }

  @Test
  void whatCanNotBeReadCanNotBeTraced() throws IOException {
    Files.writeString(file, RELAY_FOR_STRANGERS.replace("LocalDelivery", "LokalDelivery"));
    String[] trace = {"trace", "--from", "a@b.example", "--to", "postmaster", "--home", "" + home};
    String[] test = {"pipeline", "test", "--home", "" + home};
    for (String[] command : List.of(trace, test)) {
      Launcher.Result refused = Launcher.run(command);
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("LokalDelivery");
    }
  }
}
