package dev.postrider.dist.command;

import dev.postrider.dist.access.Access;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.UserView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code user add|passwd|list|remove}. */
@Command(name = "user", description = "People who have mailboxes and log in.")
final class UserCommand {

  private final Console console;

  UserCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Adds a user in a local domain.")
  int add(
      @Mixin HomeOption home,
      @Mixin PasswordOption password,
      @Parameters(paramLabel = "ADDRESS", description = "also the login name") String address) {
    PasswordOption.Choice choice = password.choose(console);
    try (Access access = Access.open(home.existing())) {
      return report(access.administration().addUser(address, choice.password()), choice);
    }
  }

  @Command(description = "Sets another password.")
  int passwd(
      @Mixin HomeOption home,
      @Mixin PasswordOption password,
      @Parameters(paramLabel = "ADDRESS", description = "whose") String address) {
    PasswordOption.Choice choice = password.choose(console);
    try (Access access = Access.open(home.existing())) {
      return report(access.administration().changePassword(address, choice.password()), choice);
    }
  }

  @Command(description = "Lists the users.")
  int list(@Mixin HomeOption home, @Mixin JsonOption json) {
    try (Access access = Access.open(home.existing())) {
      List<UserView> users = access.administration().users();
      List<String> lines =
          users.stream()
              .map(user -> user.address() + (user.enabled() ? "" : "  disabled"))
              .toList();
      return console.list(json.asked(), users, lines);
    }
  }

  @Command(description = "Removes a user with all mail of it.")
  int remove(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "ADDRESS", description = "whom") String address) {
    return console.change(home, to -> to.removeUser(address));
  }

  private int report(AdminAnswer answer, PasswordOption.Choice choice) {
    int code = console.report(answer);
    if (code == Console.DONE) {
      choice.show(console);
    }
    return code;
  }
}
