package dev.postrider.dist.command;

import dev.postrider.dist.access.Access;
import dev.postrider.kernel.admin.MailboxView;
import dev.postrider.kernel.admin.MessageView;
import dev.postrider.plugin.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mailbox list|move}. */
@Command(name = "mailbox", description = "The mails of a user, by folder.")
final class MailboxCommand {

  private static final int SHOWN = 60;

  private final Console console;

  MailboxCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Lists the folders of a user, or the mails in one of them.")
  int list(
      @Mixin HomeOption home,
      @Mixin JsonOption json,
      @Option(names = "--folder", paramLabel = "FOLDER", description = "show the mails in this one")
          @Nullable String folder,
      @Parameters(paramLabel = "ADDRESS", description = "whose") String address) {
    try (Access access = Access.open(home.existing())) {
      if (folder == null) {
        Optional<List<MailboxView>> all = access.administration().mailboxes(address);
        return all.isEmpty()
            ? nobody(address)
            : console.list(
                json.asked(), all.get(), all.get().stream().map(MailboxCommand::line).toList());
      }
      Optional<List<MailboxView>> folders = access.administration().mailboxes(address);
      if (folders.isEmpty()) {
        return nobody(address);
      }
      if (!folder.equalsIgnoreCase("INBOX")
          && folders.get().stream().noneMatch(each -> each.folder().equals(folder))) {
        return noFolder(address, folder, folders.get());
      }
      List<MessageView> all = access.administration().messages(address, folder).orElse(List.of());
      return console.list(json.asked(), all, all.stream().map(MailboxCommand::line).toList());
    }
  }

  private int noFolder(String address, String folder, List<MailboxView> folders) {
    String there = folders.stream().map(MailboxView::folder).collect(Collectors.joining(", "));
    return console.refuse(
        List.of(
            "%s has no folder '%s'; there are: %s"
                .formatted(Text.shown(address), Text.shown(folder), Text.shown(there))));
  }

  private int nobody(String address) {
    return console.refuse(List.of("there is no user " + Text.shown(address)));
  }

  private static String line(MailboxView mailbox) {
    return "%6d  %s".formatted(mailbox.messages(), Text.shown(mailbox.folder()));
  }

  private static String line(MessageView message) {
    return "%6d  %s  %9d  %s  %s"
        .formatted(
            message.uid(),
            Console.second(message.arrivedAt()),
            message.octets(),
            shown(message.from()),
            shown(message.subject()));
  }

  private static String shown(String text) {
    String shown = Text.shown(text);
    return shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown;
  }

  @Command(
      description = {
        "Moves mails of a user from one folder to another.",
        "The spam check learns from it: to Junk that they are spam, out of Junk that they are not."
      })
  int move(
      @Mixin HomeOption home,
      @Option(
              names = "--from",
              defaultValue = "INBOX",
              paramLabel = "FOLDER",
              description = "where they are (default: ${DEFAULT-VALUE})")
          String from,
      @Option(names = "--to", required = true, paramLabel = "FOLDER", description = "where to")
          String to,
      @Parameters(index = "0", paramLabel = "ADDRESS", description = "whose") String address,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "NUMBER",
              description = "which, as 'mailbox list --folder' shows them")
          List<Long> uids) {
    try (Access access = Access.open(home.existing())) {
      return console.report(access.administration().moveMessages(address, from, uids, to));
    }
  }
}
