package dev.postrider.dist.command;

import dev.postrider.dist.dkim.DkimFolder;
import dev.postrider.dist.dkim.DkimKey;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dkim rotate|list|dns|remove}: the keys that mail is signed with. */
@Command(name = "dkim", description = "Keys that mail of a domain is signed with (DKIM).")
final class DkimCommand {

  private static final Set<String> TYPES = Set.of("rsa", "ed25519");

  private final Console console;

  DkimCommand(Console console) {
    this.console = console;
  }

  @Command(
      description =
          "Makes new keys, which sign from now on; a running server picks them up. The old ones stay"
              + " published until they are removed.")
  int rotate(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "DOMAIN", description = "whose mail is signed") String domain,
      @Option(
              names = "--type",
              paramLabel = "TYPE",
              split = ",",
              defaultValue = "rsa,ed25519",
              description = "rsa, ed25519 or both (default: ${DEFAULT-VALUE})")
          List<String> types) {
    for (String type : types) {
      if (!TYPES.contains(type)) {
        return console.refuse(List.of("--type: '" + type + "' is neither rsa nor ed25519"));
      }
    }
    DkimFolder keys = new DkimFolder(home.existing());
    List<DkimKey> made =
        keys.rotate(domain, new TreeSet<>(types).descendingSet(), LocalDate.now(ZoneOffset.UTC));
    List<String> lines = new ArrayList<>();
    lines.add("mail of " + domain + " is signed with these keys now; publish their records:");
    made.forEach(key -> lines.add(key.zoneLine()));
    boolean retired =
        keys.list(domain).stream().anyMatch(key -> key.state() == DkimKey.State.RETIRED);
    if (retired) {
      lines.add(
          "leave the records of the old keys for a week, then 'postrider dkim remove "
              + domain
              + "'");
    }
    return console.tell(lines);
  }

  @Command(description = "Lists the keys of all domains.")
  int list(@Mixin HomeOption home, @Mixin JsonOption json) {
    List<DkimKey> keys = new DkimFolder(home.existing()).list();
    List<String> lines =
        keys.stream()
            .map(
                key ->
                    "%-24s %-24s %-8s %s"
                        .formatted(key.domain(), key.selector(), key.type(), key.state().word()))
            .toList();
    return console.list(json.asked(), keys, lines);
  }

  @Command(description = "Prints the records to publish, as lines of a zone file.")
  int dns(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "DOMAIN", description = "whose mail is signed") String domain) {
    List<DkimKey> keys = new DkimFolder(home.existing()).list(domain);
    return keys.isEmpty()
        ? console.refuse(
            List.of(domain + " has no key; 'postrider dkim rotate " + domain + "' makes one"))
        : console.tell(keys.stream().map(DkimKey::zoneLine).toList());
  }

  @Command(
      description = "Removes keys that don't sign any more; take their records out of the DNS.")
  int remove(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "DOMAIN", description = "whose mail was signed") String domain,
      @Parameters(
              paramLabel = "SELECTOR",
              arity = "0..1",
              defaultValue = "",
              description = "one key (default: all that were retired)")
          String selector) {
    List<DkimKey> removed = new DkimFolder(home.existing()).remove(domain, selector);
    return console.tell(removed.stream().map(key -> "removed " + key.name()).toList());
  }
}
