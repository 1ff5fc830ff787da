package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first mail of the README, as it is written there but for the ports. */
class ReadmeIT {

  @TempDir Path folder;

  @Test
  void theFirstMailsOfTheReadmeArrive() throws Exception {
    Tool.require("swaks", "swaks");
    String python = Tool.require("python3", "python3");
    Path home = Launcher.home(folder);
    Homes.addUser(home, "bob@example.test", "postrider");
    try (RunningServer server = RunningServer.start(home)) {
      String readme = Files.readString(readme());
      Map<String, String> ports =
          Map.of(
              "2587", Integer.toString(server.port("submission")),
              "2995", Integer.toString(server.port("pop3s")));
      Tool.Result swaks =
          Tool.run(folder, "", "/bin/sh", "-c", with(ports, indented(readme, "swaks")));
      assertThat(swaks.exit()).as(swaks.output()).isZero();
      List<String> scripts =
          Pattern.compile("```python\n(.*?)```", Pattern.DOTALL)
              .matcher(readme)
              .results()
              .map(found -> found.group(1))
              .toList();
      assertThat(scripts).hasSize(2);
      Tool.Result sent = Tool.run(folder, with(ports, scripts.getFirst()), python, "-");
      assertThat(sent.exit()).as(sent.output()).isZero();
      Tool.Result read = Tool.run(folder, with(ports, scripts.getLast()), python, "-");
      assertThat(read.exit()).as(read.output()).isZero();
      assertThat(read.output()).contains("Subject: hello");
      try (Maildrop drop = Maildrop.open(server.port("pop3s"), "bob@example.test", "postrider")) {
        assertThat(drop.count()).isEqualTo(2);
      }
    }
  }

  @Test
  void aServerOfYourOwnIsMadeAndStartsAsTheReadmeSays() throws Exception {
    Path home = folder.resolve("mail");
    List<String[]> commands =
        Pattern.compile("(?m)^    dist/run (.*)")
            .matcher(Files.readString(readme()))
            .results()
            .map(found -> found.group(1).replace("/srv/mail", home.toString()))
            .filter(command -> command.contains("--home"))
            .map(command -> command.split(" "))
            .toList();
    assertThat(commands)
        .extracting(words -> words[0])
        .containsExactly("init", "user", "check", "serve");
    Map<String, String> said = new HashMap<>();
    for (String[] words : commands.subList(0, 3)) {
      Launcher.Result result = Launcher.run(words);
      assertThat(result.code()).as(String.join(" ", words) + result.out() + result.err()).isZero();
      said.put(words[0], result.out());
    }
    Matcher password = Pattern.compile("password: (\\S+)").matcher(said.getOrDefault("user", ""));
    assertThat(password.find()).isTrue();
    try (RunningServer server = RunningServer.start(home);
        Maildrop drop = Maildrop.open(server.port("pop3s"), "bob@example.org", password.group(1))) {
      assertThat(drop.count()).isZero();
    }
  }

  private static Path readme() {
    return Path.of(System.getProperty("postrider.root", ".."), "README.md");
  }

  /** The indented block that starts with a word, its continued lines joined. */
  private static String indented(String readme, String first) {
    return Pattern.compile("(?m)^    " + first + "(?:[^\n\\\\]|\\\\\n)*")
        .matcher(readme)
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow();
  }

  private static String with(Map<String, String> ports, String text) {
    String out = text;
    for (Map.Entry<String, String> port : ports.entrySet()) {
      out = out.replace(port.getKey(), port.getValue());
    }
    return out;
  }
}
