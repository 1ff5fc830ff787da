package dev.postrider.dist.command;

import dev.postrider.dist.access.Access;
import dev.postrider.kernel.admin.AppPasswordView;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code user app-password add|list|remove}. */
@Command(
    name = "app-password",
    description = "More passwords of a user, one for each program or device, removed one by one.")
final class AppPasswordCommand {

  private static final int GROUPS = 6;

  private final Console console;

  AppPasswordCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Makes an app password and prints it once.")
  int add(
      @Mixin HomeOption home,
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "what it is for, such as phone")
          String name,
      @Option(
              names = "--protocols",
              split = ",",
              defaultValue = "smtp,pop3",
              paramLabel = "P",
              description = "what it may be used for: smtp, pop3 (default: ${DEFAULT-VALUE})")
          List<String> protocols,
      @Parameters(paramLabel = "ADDRESS", description = "whose") String address) {
    String password = PasswordSource.make(GROUPS);
    try (Access access = Access.open(home.existing())) {
      int code =
          console.report(
              access.administration().addAppPassword(address, name, password, protocols));
      if (code == Console.DONE) {
        console.say("password: " + password + "   (shown only now)");
      }
      return code;
    }
  }

  @Command(description = "Lists the app passwords of a user, not what they are.")
  int list(
      @Mixin HomeOption home,
      @Mixin JsonOption json,
      @Parameters(paramLabel = "ADDRESS", description = "whose") String address) {
    try (Access access = Access.open(home.existing())) {
      Optional<List<AppPasswordView>> all = access.administration().appPasswords(address);
      if (all.isEmpty()) {
        return console.refuse(List.of("there is no user " + address));
      }
      List<String> lines =
          all.get().stream()
              .map(
                  each ->
                      "%s  %s  since %s"
                          .formatted(each.name(), String.join(",", each.uses()), each.madeAt()))
              .toList();
      return console.list(json.asked(), all.get(), lines);
    }
  }

  @Command(description = "Removes an app password; it lets nobody in any more.")
  int remove(
      @Mixin HomeOption home,
      @Option(names = "--name", required = true, paramLabel = "NAME", description = "which")
          String name,
      @Parameters(paramLabel = "ADDRESS", description = "whose") String address) {
    return console.change(home, to -> to.removeAppPassword(address, name));
  }
}
