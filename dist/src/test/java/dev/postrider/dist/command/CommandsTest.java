package dev.postrider.dist.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Installation;
import dev.postrider.dist.home.NewHome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What commands print where something is not as it should be, and their help. */
class CommandsTest {

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String line) {
    InputStream in = new ByteArrayInputStream("secretsecret\n".getBytes(StandardCharsets.UTF_8));
    List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
    arguments.addAll(List.of("--home", directory.resolve("home").toString()));
    return PostriderCommand.run(
        in, new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
  }

  private void home() {
    Installation sources = new Installation(Path.of("").toAbsolutePath());
    NewHome.make(
        new Home(directory.resolve("home")), sources, "example.org", UnaryOperator.identity());
    assertThat(run("user add bob@example.org --password-file -")).isZero();
  }

  private void refused(String line, String... reasons) {
    err.getBuffer().setLength(0);
    assertThat(run(line)).as(line).isEqualTo(Console.REFUSED);
    assertThat(err.toString()).as(line).contains(reasons).doesNotContain("Exception");
  }

  @Test
  void aFolderThatIsNotThereIsNamedWithThoseThatAre() {
    home();
    refused("mailbox list bob@example.org --folder Nope", "bob@example.org has no folder 'Nope'");
    refused("mailbox list eve@example.org --folder Nope", "there is no user eve@example.org");
    assertThat(run("mailbox list bob@example.org --folder INBOX")).isZero();
  }

  @Test
  void anAliasThatLeadsBackToItselfIsRefused() {
    home();
    refused("alias add loop@example.org loop@example.org", "would lead back to itself");
    assertThat(run("alias add one@example.org two@example.org")).isZero();
    assertThat(run("alias add two@example.org three@example.org bob@example.org")).isZero();
    refused("alias add three@example.org ONE@example.org", "would lead back to itself");
  }

  @Test
  void theSpamCheckLearnsForUsersThatAreThereFromMailThatIsThere() throws IOException {
    home();
    Path empty = Files.createDirectory(directory.resolve("empty"));
    refused("spam train --ham " + empty, "there is no mail in " + empty, ".eml");
    refused(
        "spam train --ham " + empty + " --user eve@example.org",
        "there is no user eve@example.org");
    refused("spam test " + empty + " --user eve@example.org", "there is no user eve@example.org");
  }

  @Test
  void aMailThatIsNotKnownIsSaidSo() {
    home();
    refused("queue show nope", "no mail is known under the id 'nope'");
    refused("queue hold nope", "nothing waits under the id 'nope'");
  }

  static Stream<String> examples() {
    return Examples.ALL.lines();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void eachExampleIsUnderstoodAndShownByItsCommand(String example) {
    CommandLine line = line();
    CommandLine.ParseResult parsed =
        line.parseArgs(example.replaceAll("\"([^\" ]*) ([^\"]*)\"", "$1_$2").split(" "));
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    assertThat(parsed.commandSpec().commandLine().getUsageMessage())
        .contains("Example:" + System.lineSeparator() + "  postrider ");
  }

  @Test
  void eachCommandThatDoesSomethingHasAnExample() {
    assertThat(leaves(line()))
        .allSatisfy(
            leaf ->
                assertThat(leaf.getUsageMessage())
                    .as(leaf.getCommandSpec().qualifiedName())
                    .containsIgnoringCase("example"));
  }

  private CommandLine line() {
    return PostriderCommand.line(
        new Console(InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err)));
  }

  private static Stream<CommandLine> leaves(CommandLine command) {
    return command.getSubcommands().isEmpty()
        ? Stream.of(command)
        : command.getSubcommands().values().stream().distinct().flatMap(CommandsTest::leaves);
  }
}
