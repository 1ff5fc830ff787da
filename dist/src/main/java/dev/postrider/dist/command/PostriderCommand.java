package dev.postrider.dist.command;

import dev.postrider.dist.home.Installation;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** {@code postrider}: all commands. Exit code 0 = done, 1 = refused with reasons, 2 = usage. */
@Command(
    name = "postrider",
    description = "A mail server for the JVM.",
    versionProvider = PostriderCommand.Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    scope = CommandLine.ScopeType.INHERIT)
public final class PostriderCommand {

  private PostriderCommand() {}

  /** Runs one command line to its end, which for {@code serve} is the end of the server. */
  public static int run(InputStream in, PrintWriter out, PrintWriter err, String... arguments) {
    Console console = new Console(in, out, err);
    try {
      OptionalInt served = ServeCommand.plainly(console, arguments);
      return served.isPresent() ? served.getAsInt() : parsed(console, arguments);
    } catch (Refusal refusal) {
      return console.refuse(refusal);
    } catch (UncheckedIOException e) {
      return console.refuse(reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return console.refuse(List.of("interrupted"));
    } catch (RuntimeException fault) {
      fault.printStackTrace(err); // a fault of ours, told as picocli tells it for other commands
      return Console.REFUSED;
    }
  }

  private static int parsed(Console console, String... arguments) {
    return line(console)
        .setOut(console.out())
        .setErr(console.err())
        .setExecutionExceptionHandler((fault, command, parsed) -> refused(console, fault))
        .execute(arguments);
  }

  /** All commands. */
  static CommandLine line(Console console) {
    return Examples.added(
        new CommandLine(new PostriderCommand())
            .addSubcommand(new ServeCommand(console))
            .addSubcommand(new InitCommand(console))
            .addSubcommand(new CheckCommand(console))
            .addSubcommand(new ReloadCommand(console))
            .addSubcommand(
                new CommandLine(new UserCommand(console))
                    .addSubcommand(new AppPasswordCommand(console)))
            .addSubcommand(new MailboxCommand(console))
            .addSubcommand(new AliasCommand(console))
            .addSubcommand(new DomainCommand(console))
            .addSubcommand(new DkimCommand(console))
            .addSubcommand(new DmarcCommand(console))
            .addSubcommand(new QueueCommand(console))
            .addSubcommand(new BanCommand(console))
            .addSubcommand(new VerifyCommand(console))
            .addSubcommand(new BackupCommand(console))
            .addSubcommand(new RestoreCommand(console))
            .addSubcommand(new TraceCommand(console))
            .addSubcommand(new PluginCommand(console))
            .addSubcommand(new PipelineCommand(console))
            .addSubcommand(new SpamCommand(console))
            .addSubcommand(new SchemaCommand(console))
            .addSubcommand(new ReplayCommand(console))
            .addSubcommand(new PlanCommand(console))
            .addSubcommand(new RehearseCommand()));
  }

  // The named border: what a person can mend is told in a line, what is a fault of ours is thrown.
  private static int refused(Console console, Exception fault) throws Exception {
    return switch (fault) {
      case Refusal refusal -> console.refuse(refusal);
      case UncheckedIOException io -> console.refuse(reason(io));
      case IOException io -> console.refuse(new Refusal(Reasons.of(io)));
      case ParameterException usage -> throw usage;
      default -> throw fault;
    };
  }

  private static Refusal reason(UncheckedIOException fault) {
    IOException cause = fault.getCause();
    return new Refusal(cause == null ? String.valueOf(fault.getMessage()) : Reasons.of(cause));
  }

  /** {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"postrider " + Installation.version()};
    }
  }
}
