package dev.postrider.dist.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import dev.postrider.dist.access.Access;
import dev.postrider.dist.home.Configurations;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.dist.pipeline.Pipelines;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.TraceAnswer;
import dev.postrider.kernel.admin.TraceReport;
import dev.postrider.kernel.admin.TraceRequest;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trace}: the dry run. */
@Command(
    name = "trace",
    footer = {
      "",
      "For example, the way of a spammer's mail, and of one that alice sends:",
      "  postrider trace --home /srv/mail --from x@elsewhere.example --to alice@example.org "
          + "--client 198.51.100.23 spam.eml",
      "  postrider trace --home /srv/mail --login alice@example.org --from alice@example.org --to x@elsewhere.example"
    },
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
      description =
          "a recipient; may be given several times; postmaster alone is that of this server")
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

  @Option(
      names = "--pipeline",
      paramLabel = "FILE.xml",
      description =
          "a pipeline that need not be in use, also one that is refused (default: the one in use);"
              + " with it, every address of a configured domain is taken for local")
  private Optional<Path> pipeline = Optional.empty();

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      description = "a header field where no message is given; may be given several times")
  private List<String> headers = List.of();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE.eml",
      description = "the message (default: a short one)")
  private Optional<Path> file = Optional.empty();

  TraceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Home directory = home.existing();
    if (pipeline.isPresent() && !Files.isRegularFile(pipeline.get())) {
      throw new Refusal("there is no file " + pipeline.get());
    }
    TraceRequest request =
        new TraceRequest(
            from,
            to.stream().map(each -> whole(each, directory)).toList(),
            client,
            helo,
            whole(login, directory),
            Content.of(file.isPresent() ? message(file.get()) : made()));
    if (pipeline.isPresent()) {
      return shown(Pipelines.trace(directory, pipeline.get(), request));
    }
    try (Access access = Access.open(directory)) {
      return shown(access.administration().trace(request));
    }
  }

  // RFC 5321 4.5.1: the one address that needs no domain.
  private static String whole(String address, Home directory) {
    return address.equalsIgnoreCase("postmaster")
        ? address + "@" + Configurations.postmasterDomain(directory)
        : address;
  }

  private int shown(TraceAnswer answer) {
    return switch (answer) {
      case TraceAnswer.Traced(TraceReport report) ->
          console.list(json.asked(), report, report.lines());
      case TraceAnswer.Refused(AdminAnswer.Refused why) -> console.report(why);
    };
  }

  private byte[] made() {
    List<String> lines = new ArrayList<>(headers);
    ifMissing("From", from.equals("<>") ? "postmaster@client.invalid" : from, lines);
    ifMissing("To", to.getFirst(), lines);
    ifMissing("Subject", "A mail to be traced", lines);
    ifMissing("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(UTC)), lines);
    ifMissing("Message-ID", "<trace@client.invalid>", lines);
    lines.addAll(List.of("", "Hello.", ""));
    return String.join("\r\n", lines).getBytes(UTF_8);
  }

  private void ifMissing(String name, String value, List<String> lines) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    if (headers.stream().noneMatch(each -> each.toLowerCase(Locale.ROOT).startsWith(start))) {
      lines.add(name + ": " + value);
    }
  }

  private static byte[] message(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new Refusal("the message " + path + " can't be read: " + Reasons.of(e));
    }
  }
}
