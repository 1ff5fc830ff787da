package dev.postrider.dist.command;

import dev.postrider.dist.access.Access;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code domain add|list|remove}. */
@Command(name = "domain", description = "Domains that this server takes mail for.")
final class DomainCommand {

  private final Console console;

  DomainCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Adds a domain.")
  int add(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "DOMAIN", description = "its name") String domain) {
    return console.change(home, to -> to.addDomain(domain));
  }

  @Command(description = "Lists the domains.")
  int list(@Mixin HomeOption home, @Mixin JsonOption json) {
    try (Access access = Access.open(home.existing())) {
      List<String> domains = access.administration().domains();
      return console.list(json.asked(), domains, domains);
    }
  }

  @Command(description = "Removes a domain that has no users and no aliases any more.")
  int remove(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "DOMAIN", description = "its name") String domain) {
    return console.change(home, to -> to.removeDomain(domain));
  }
}
