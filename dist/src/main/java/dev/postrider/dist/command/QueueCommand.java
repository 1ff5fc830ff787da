package dev.postrider.dist.command;

import dev.postrider.dist.access.Access;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Administration;
import dev.postrider.kernel.admin.FateLine;
import dev.postrider.kernel.admin.QueueItem;
import dev.postrider.kernel.admin.QueueListing;
import dev.postrider.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
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
      @Parameters(
              paramLabel = "ID",
              description = "of what waits, or of a mail, as the log and the reply name it")
          String id) {
    try (Access access = Access.open(home.existing())) {
      Optional<QueueItem> item = access.administration().queueItem(id);
      String mailId = item.map(QueueItem::mailId).orElse(id);
      List<FateLine> fates = access.administration().fates(mailId);
      List<QueueItem> parts = item.isEmpty() ? parts(access.administration(), id) : List.of();
      if (item.isEmpty() && parts.isEmpty() && fates.isEmpty()) {
        return console.refuse(List.of("no mail is known under the id '" + Text.shown(id) + "'"));
      }
      List<String> lines = new ArrayList<>();
      item.ifPresent(waiting -> lines.addAll(lines(waiting)));
      parts.forEach(part -> lines.add("waits as " + line(part)));
      fates.forEach(
          fate ->
              lines.add(
                  "%s  %s  %s  %s"
                      .formatted(
                          Console.second(fate.at()),
                          fate.recipient(),
                          fate.fate(),
                          shown(fate.detail()))));
      Map<String, Object> all =
          item.<Map<String, Object>>map(waiting -> Map.of("waiting", waiting, "fates", fates))
              .orElseGet(() -> Map.of("parts", parts, "fates", fates));
      return console.list(json.asked(), all, lines);
    }
  }

  @Command(description = "Tries a mail now, or all that are not held.")
  int retry(
      @Mixin HomeOption home,
      @Option(names = "--all", description = "all that are not held") boolean all,
      @Parameters(arity = "0..1", paramLabel = "ID", description = "of what waits, or of its mail")
          Optional<String> id) {
    if (all == id.isPresent()) {
      throw new ParameterException(
          spec.subcommands().get("retry"), "either an ID or --all is needed");
    }
    return id.isPresent()
        ? each(home, id.get(), Administration::retry)
        : console.change(home, Administration::retryAll);
  }

  @Command(description = "Keeps a mail from being tried until it is released.")
  int hold(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "ID", description = "of what waits, or of its mail") String id) {
    return each(home, id, Administration::hold);
  }

  @Command(description = "Ends a hold; the mail is tried now.")
  int release(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "ID", description = "of what is held, or of its mail") String id) {
    return each(home, id, Administration::release);
  }

  @Command(description = "Removes a mail for good; its sender is not told.")
  int remove(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "ID", description = "of what waits, or of its mail") String id) {
    return each(home, id, Administration::removeFromQueue);
  }

  // The log and the reply to the sender name the mail, of which several parts may wait.
  private int each(
      HomeOption home, String id, BiFunction<Administration, String, AdminAnswer> change) {
    try (Access access = Access.open(home.existing())) {
      Administration to = access.administration();
      List<String> ids = new ArrayList<>();
      if (to.queueItem(id).isEmpty()) {
        parts(to, id).forEach(part -> ids.add(part.id()));
      }
      int code = Console.DONE;
      for (String one : ids.isEmpty() ? List.of(id) : ids) {
        code = Math.max(code, console.report(change.apply(to, one)));
      }
      return code;
    }
  }

  private static List<QueueItem> parts(Administration administration, String mailId) {
    return administration.queue(LIMIT).items().stream()
        .filter(item -> item.mailId().equals(mailId))
        .toList();
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
