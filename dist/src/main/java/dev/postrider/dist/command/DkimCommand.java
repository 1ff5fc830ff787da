package dev.postrider.dist.command;

import dev.postrider.dist.checkup.DkimActivation;
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

/** {@code dkim rotate|activate|list|dns|remove}: the keys that mail is signed with. */
@Command(name = "dkim", description = "Keys that mail of a domain is signed with (DKIM).")
final class DkimCommand {

  private static final Set<String> TYPES = Set.of("rsa", "ed25519");

  private final Console console;

  DkimCommand(Console console) {
    this.console = console;
  }

  @Command(
      description = {
        "Makes new keys. Those of a domain that has none sign at once; others are to be published"
            + " first and sign after 'dkim activate'."
      })
  int rotate(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "DOMAIN", description = "whose mail is signed") String domain,
      @Option(
              names = "--type",
              paramLabel = "TYPE",
              split = ",",
              defaultValue = "rsa,ed25519",
              description = "rsa, ed25519 or both (default: ${DEFAULT-VALUE})")
          List<String> types,
      @Option(
              names = "--now",
              description = "sign with them at once, such as when somebody stole the old ones")
          boolean now) {
    for (String type : types) {
      if (!TYPES.contains(type)) {
        return console.refuse(List.of("--type: '" + type + "' is neither rsa nor ed25519"));
      }
    }
    DkimFolder keys = new DkimFolder(home.existing());
    Set<String> kinds = new TreeSet<>(types).descendingSet();
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    List<DkimKey> made =
        now ? keys.rotate(domain, kinds, today) : keys.prepare(domain, kinds, today);
    List<String> lines = new ArrayList<>();
    List<DkimKey> signing = in(DkimKey.State.SIGNING, made);
    if (!signing.isEmpty()) {
      lines.add("mail of " + domain + " is signed with these keys now; publish their records:");
      signing.forEach(key -> lines.add(key.zoneLine()));
    }
    List<DkimKey> prepared = in(DkimKey.State.PREPARED, made);
    if (!prepared.isEmpty()) {
      lines.add("publish these records of " + domain + "; mail is signed as before until then:");
      prepared.forEach(key -> lines.add(key.zoneLine()));
      lines.add("when the DNS shows them: postrider dkim activate " + domain);
    }
    lines.addAll(leftOver(keys, domain));
    return console.tell(lines);
  }

  @Command(
      description =
          "Lets keys that 'dkim rotate' prepared sign from now on, where the DNS shows them; a"
              + " running server picks them up. The old ones stay published until they are removed.")
  int activate(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "DOMAIN", description = "whose mail is signed") String domain,
      @Option(names = "--unseen", description = "whatever the DNS shows from here")
          boolean unseen) {
    List<DkimKey> active = DkimActivation.activate(home.existing(), domain, unseen);
    List<String> lines = new ArrayList<>();
    active.forEach(key -> lines.add("mail of " + domain + " is signed with " + key.name()));
    lines.addAll(leftOver(new DkimFolder(home.existing()), domain));
    return console.tell(lines);
  }

  private static List<DkimKey> in(DkimKey.State state, List<DkimKey> keys) {
    return keys.stream().filter(key -> key.state() == state).toList();
  }

  private static List<String> leftOver(DkimFolder keys, String domain) {
    return in(DkimKey.State.RETIRED, keys.list(domain)).isEmpty()
        ? List.of()
        : List.of(
            "leave the records of the old keys for a week, then 'postrider dkim remove "
                + domain
                + "'");
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
