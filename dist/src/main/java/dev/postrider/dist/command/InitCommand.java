package dev.postrider.dist.command;

import dev.postrider.dist.access.Access;
import dev.postrider.dist.dkim.DkimFolder;
import dev.postrider.dist.dkim.DkimKey;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Installation;
import dev.postrider.dist.home.NewHome;
import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Administration;
import dev.postrider.kernel.admin.PasswordRule;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.EmailAddress;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code init}: a new home. */
@Command(
    name = "init",
    description =
        "Makes a home: configuration, keys, the first user; prints DNS records to publish.")
final class InitCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final PasswordOption password = new PasswordOption();

  @Option(
      names = "--domain",
      required = true,
      paramLabel = "D",
      description = "the first domain to take mail for")
  private String domain = "";

  @Option(
      names = "--admin",
      required = true,
      paramLabel = "ADDRESS",
      description = "the first user, who also gets mail to postmaster and abuse")
  private String admin = "";

  InitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Home made = home.any();
    String name = domainName();
    EmailAddress first = firstUser(name);
    PasswordOption.Choice choice = password.choose(console);
    PasswordRule.objection(choice.password())
        .ifPresent(
            objection -> {
              throw new Refusal(objection);
            });
    NewHome.make(made, Installation.current(), name, UnaryOperator.identity());
    try (Access access = Access.open(made)) {
      Administration administration = access.administration();
      if (!administration.domains().contains(name)) {
        must(administration.addDomain(name));
      }
      must(administration.addUser(first.toString(), choice.password()));
      for (String role : List.of("postmaster", "abuse")) {
        String alias = role + "@" + name;
        if (!alias.equals(first.toString())) {
          must(administration.addAlias(alias, List.of(first.toString())));
        }
      }
    }
    console.say("made " + made);
    console.say("first user: " + first);
    choice.show(console);
    Set<String> types = new TreeSet<>(List.of("rsa", "ed25519")).descendingSet();
    nextSteps(made, name, new DkimFolder(made).rotate(name, types, LocalDate.now(ZoneOffset.UTC)));
    return Console.DONE;
  }

  private String domainName() {
    try {
      return Domains.normalise(domain);
    } catch (IllegalArgumentException e) {
      throw new Refusal("--domain: " + e.getMessage());
    }
  }

  private EmailAddress firstUser(String name) {
    EmailAddress address;
    try {
      address = EmailAddress.parse(admin).folded();
    } catch (IllegalArgumentException e) {
      throw new Refusal("--admin: " + e.getMessage());
    }
    if (!address.domain().equals(name)) {
      throw new Refusal("--admin: " + address + " is not in the domain " + name);
    }
    return address;
  }

  // A password that is refused leaves a home without a user: the way on is told.
  private static void must(AdminAnswer answer) {
    if (answer instanceof AdminAnswer.Refused refused) {
      throw new Refusal(
          refused.text() + "; the home is made, go on with 'postrider user add' and 'alias add'");
    }
  }

  private void nextSteps(Home made, String name, List<DkimKey> dkim) {
    console.say("");
    console.say("DNS records to publish (A and AAAA with the addresses of this host):");
    console.say("  mail." + name + ".    A      192.0.2.1");
    console.say("  mail." + name + ".    AAAA   2001:db8::1");
    console.say("  " + name + ".    MX     10 mail." + name + ".");
    console.say("  " + name + ".    TXT    \"v=spf1 mx -all\"");
    console.say(
        "  _dmarc."
            + name
            + ".    TXT    \"v=DMARC1; p=none; rua=mailto:postmaster@"
            + name
            + "\"");
    dkim.forEach(key -> console.say("  " + key.zoneLine()));
    console.say("and a PTR record of the address with the name mail." + name + ".");
    console.say("");
    console.say("The certificate in conf/tls is self-signed; put one of an authority there.");
    console.say("Next: postrider check --home " + made + ", then postrider serve --home " + made);
  }
}
