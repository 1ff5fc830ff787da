package dev.postrider.dist.command;

import dev.postrider.dist.access.Access;
import dev.postrider.kernel.admin.FateLine;
import dev.postrider.kernel.admin.QueueItem;
import dev.postrider.kernel.admin.QueueListing;
import dev.postrider.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code queue list|show|retry|hold|release|remove}. */
@Command(name = "queue", description = "Mail that waits: in the spool and on its way out.")
final class QueueCommand {

  private static final int LIMIT = 10_000;

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  QueueCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Lists what waits.")
  int list(@Mixin HomeOption home, @Mixin JsonOption json) {
    try (Access access = Access.open(home.existing())) {
      QueueListing listing = access.administration().queue(LIMIT);
      List<String> lines = new ArrayList<>();
      listing.items().forEach(item -> lines.add(line(item)));
      lines.add(
          "%d in the spool, %d on their way out".formatted(listing.spool(), listing.outbound()));
      return console.list(json.asked(), listing, lines);
    }
  }

  @Command(description = "Shows a mail: where it stands, and the fates of its recipients so far.")
  int show(
      @Mixin HomeOption home,
      @Mixin JsonOption json,
      @Parameters(paramLabel = "ID", description = "of a waiting mail, or of any mail") String id) {
    try (Access access = Access.open(home.existing())) {
      Optional<QueueItem> item = access.administration().queueItem(id);
      String mailId = item.map(QueueItem::mailId).orElse(id);
      List<FateLine> fates = access.administration().fates(mailId);
      if (item.isEmpty() && fates.isEmpty()) {
        return console.refuse(List.of("no mail is known under the id '" + Text.shown(id) + "'"));
      }
      List<String> lines = new ArrayList<>();
      item.ifPresent(waiting -> lines.addAll(lines(waiting)));
      fates.forEach(
          fate ->
              lines.add(
                  "%s  %s  %s  %s"
                      .formatted(fate.at(), fate.recipient(), fate.fate(), shown(fate.detail()))));
      Map<String, Object> all =
          item.isPresent() ? Map.of("waiting", item.get(), "fates", fates) : Map.of("fates", fates);
      return console.list(json.asked(), all, lines);
    }
  }

  @Command(description = "Tries a mail now, or all that are not held.")
  int retry(
      @Mixin HomeOption home,
      @Option(names = "--all", description = "all that are not held") boolean all,
      @Parameters(arity = "0..1", paramLabel = "ID", description = "of a waiting mail")
          Optional<String> id) {
    if (all == id.isPresent()) {
      throw new ParameterException(
          spec.subcommands().get("retry"), "either an ID or --all is needed");
    }
    return console.change(home, to -> id.map(to::retry).orElseGet(to::retryAll));
  }

  @Command(description = "Keeps a mail from being tried until it is released.")
  int hold(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "ID", description = "of a waiting mail") String id) {
    return console.change(home, to -> to.hold(id));
  }

  @Command(description = "Ends a hold; the mail is tried now.")
  int release(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "ID", description = "of a held mail") String id) {
    return console.change(home, to -> to.release(id));
  }

  @Command(description = "Removes a mail for good; its sender is not told.")
  int remove(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "ID", description = "of a waiting mail") String id) {
    return console.change(home, to -> to.removeFromQueue(id));
  }

  private static String line(QueueItem item) {
    String first = item.recipients().isEmpty() ? "nobody" : item.recipients().getFirst();
    int more = item.recipients().size() - 1;
    return "%s  %s  <%s> -> %s%s  %s"
        .formatted(
            item.id(),
            item.place(),
            shown(item.sender()),
            shown(first),
            more > 0 ? " and " + more + " more" : "",
            item.held().isEmpty()
                ? "next try " + item.nextAttempt()
                : "held: " + shown(item.held()));
  }

  private static List<String> lines(QueueItem item) {
    return List.of(
        "id           " + item.id(),
        "mail         " + item.mailId(),
        "place        " + item.place() + ", " + shown(item.destination()),
        "sender       <" + shown(item.sender()) + ">",
        "recipients   " + shown(String.join(", ", item.recipients())),
        "size         " + item.size(),
        "since        " + item.since(),
        "attempts     " + item.attempts(),
        "next attempt " + (item.held().isEmpty() ? item.nextAttempt() : "when it is released"),
        "held         " + (item.held().isEmpty() ? "no" : shown(item.held())),
        "last reply   " + (item.lastReply().isEmpty() ? "none" : shown(item.lastReply())));
  }

  // What peers sent must not steer the terminal.
  private static String shown(String text) {
    StringBuilder out = new StringBuilder();
    for (int from = 0; from < text.length(); from += 80) {
      out.append(Text.shown(text.substring(from, Math.min(text.length(), from + 80))));
    }
    return out.toString();
  }
}
