package dev.postrider.dist.command;

import dev.postrider.dist.access.Access;
import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.plugin.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dmarc reports}: what others report about own domains. */
@Command(name = "dmarc", description = "What other servers report about own domains (DMARC).")
final class DmarcCommand {

  private static final int FIELDS = 12;

  private final Console console;

  DmarcCommand(Console console) {
    this.console = console;
  }

  /** Mails of one domain from one address, as others saw them. */
  private record Source(
      String domain,
      String address,
      long mails,
      long dkim,
      long spf,
      long failed,
      long none,
      long quarantine,
      long reject,
      String firstDay,
      String lastDay,
      String reporters) {

    static Optional<Source> read(String line) {
      String[] all = line.split("\t", -1);
      if (all.length != FIELDS) {
        return Optional.empty();
      }
      return Optional.of(
          new Source(
              all[0],
              all[1],
              Long.parseLong(all[2]),
              Long.parseLong(all[3]),
              Long.parseLong(all[4]),
              Long.parseLong(all[5]),
              Long.parseLong(all[6]),
              Long.parseLong(all[7]),
              Long.parseLong(all[8]),
              all[9],
              all[10],
              all[11]));
    }

    String line() {
      return "%-24s %-39s %7d %7d %7d %7d  %d/%d/%d  %s..%s  %s"
          .formatted(
              domain,
              address,
              mails,
              dkim,
              spf,
              failed,
              none,
              quarantine,
              reject,
              firstDay,
              lastDay,
              reporters);
    }
  }

  @Command(
      description =
          "Shows, by domain and sending address, what the kept reports say; those with the most mails"
              + " first. ReadDmarcReports in the pipeline keeps them.")
  int reports(
      @Mixin HomeOption home,
      @Parameters(arity = "0..1", paramLabel = "DOMAIN", description = "only about this one")
          @Nullable String domain,
      @Mixin JsonOption json) {
    List<String> arguments = domain == null ? List.of() : List.of(domain);
    try (Access access = Access.open(home.existing())) {
      Content nothing = Content.of(new byte[0]);
      List<Source> sources =
          switch (access.administration().job("DmarcReceived", arguments, nothing)) {
            case AdminAnswer.Done(String text) ->
                text.lines().map(Source::read).flatMap(Optional::stream).toList();
            case AdminAnswer.Refused refused -> throw new Refusal(refused.text().lines().toList());
          };
      return console.list(json.asked(), sources, lines(sources));
    }
  }

  private static List<String> lines(List<Source> sources) {
    if (sources.isEmpty()) {
      return List.of("no reports are kept");
    }
    List<String> out = new ArrayList<>();
    out.add(
        "%-24s %-39s %7s %7s %7s %7s  %s"
            .formatted(
                "domain",
                "from",
                "mails",
                "dkim",
                "spf",
                "neither",
                "let in/junk/refused  days  reported by"));
    sources.forEach(source -> out.add(source.line()));
    return out;
  }
}
