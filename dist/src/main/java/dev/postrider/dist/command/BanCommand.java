package dev.postrider.dist.command;

import dev.postrider.dist.access.Access;
import dev.postrider.kernel.admin.BanView;
import dev.postrider.kernel.host.xml.Durations;
import dev.postrider.plugin.Text;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ban list|add|remove}. */
@Command(name = "ban", description = "Networks that are not let in for a time.")
final class BanCommand {

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  BanCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Lists the bans that hold now.")
  int list(@Mixin HomeOption home, @Mixin JsonOption json) {
    try (Access access = Access.open(home.existing())) {
      List<BanView> bans = access.administration().bans();
      List<String> lines = bans.stream().map(BanCommand::line).toList();
      return console.list(json.asked(), bans, lines);
    }
  }

  private static String line(BanView ban) {
    return "%s  until %s  no. %d  %s"
        .formatted(ban.network(), ban.until(), ban.number(), Text.shown(ban.reason()));
  }

  @Command(description = "Bans a network.")
  int add(
      @Mixin HomeOption home,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              defaultValue = "1d",
              description = "how long, such as 10m, 6h or 30d (default: ${DEFAULT-VALUE})")
          String length,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "by hand",
              description = "one line for 'ban list'")
          String reason,
      @Parameters(
              paramLabel = "NETWORK",
              description = "an address or a network such as 192.0.2.0/24; of IPv6 at least a /64")
          String network) {
    Duration time;
    try {
      time = Durations.parse(length);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.subcommands().get("add"), "--for: " + e.getMessage(), e);
    }
    return console.change(home, to -> to.ban(network, time, reason));
  }

  @Command(description = "Lifts a ban and forgets the offences of the network.")
  int remove(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "NETWORK", description = "as 'ban list' shows it, or an address")
          String network) {
    return console.change(home, to -> to.unban(network));
  }
}
