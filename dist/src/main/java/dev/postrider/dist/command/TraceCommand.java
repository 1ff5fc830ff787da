package dev.postrider.dist.command;

import dev.postrider.dist.Access;
import dev.postrider.dist.Reasons;
import dev.postrider.dist.Refusal;
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

  @Parameters(paramLabel = "FILE.eml", description = "the message")
  private Path file = Path.of("");

  TraceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TraceRequest request = new TraceRequest(from, to, client, Content.of(message()));
    try (Access access = Access.open(home.existing())) {
      return console.report(access.administration().trace(request));
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
