package dev.postrider.dist.command;

import dev.postrider.dist.Access;
import dev.postrider.dist.Reasons;
import dev.postrider.dist.Refusal;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.TraceAnswer;
import dev.postrider.kernel.admin.TraceReport;
import dev.postrider.kernel.admin.TraceRequest;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trace}: the dry run. */
@Command(
    name = "trace",
    description =
        "Runs a mail through the pipeline and shows each step and the plan; nothing is committed.")
final class TraceCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final HomeOption home = new HomeOption();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "ADDRESS",
      description = "the sender; '<>' for the null path")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "ADDRESS",
      description = "a recipient; may be given several times")
  private List<String> to = List.of();

  @Option(
      names = "--client",
      paramLabel = "IP",
      defaultValue = "192.0.2.1",
      description = "where it is said to come from (default: ${DEFAULT-VALUE})")
  private String client = "";

  @Option(
      names = "--helo",
      paramLabel = "NAME",
      defaultValue = "",
      description = "the name it is said to give")
  private String helo = "";

  @Option(
      names = "--login",
      paramLabel = "ADDRESS",
      defaultValue = "",
      description = "the account it is said to have logged in with, at listener submission")
  private String login = "";

  @Mixin private final JsonOption json = new JsonOption();

  @Parameters(paramLabel = "FILE.eml", description = "the message")
  private Path file = Path.of("");

  TraceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TraceRequest request = new TraceRequest(from, to, client, helo, login, Content.of(message()));
    try (Access access = Access.open(home.existing())) {
      return switch (access.administration().trace(request)) {
        case TraceAnswer.Traced(TraceReport report) ->
            console.list(json.asked(), report, report.lines());
        case TraceAnswer.Refused(AdminAnswer.Refused why) -> console.report(why);
      };
    }
  }

  private byte[] message() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Refusal("the message " + file + " can't be read: " + Reasons.of(e));
    }
  }
}
