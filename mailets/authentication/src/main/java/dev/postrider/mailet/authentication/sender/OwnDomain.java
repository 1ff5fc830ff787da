package dev.postrider.mailet.authentication.sender;

import dev.postrider.mailet.authentication.dmarc.Dmarc;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.Text;
import dev.postrider.plugin.service.DirectoryView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps strangers from writing in the name of this server's domains. Its own users' mail that comes
 * back, from a list or a forward, is let in by what the checks before it found.
 */
@Doc(
    "Refuses mail of strangers whose sender or author is in one of this server's domains, or below"
        + " one, unless SPF, DKIM or DMARC shows that it may be. Put it behind them, and only where users who"
        + " logged in and own hosts don't pass.")
@Does({Action.SET_ANY_ATTRIBUTE, Action.REFUSE})
public final class OwnDomain implements Mailet {

  /** When it is refused. */
  public enum When {
    /** Where no check shows that it may use the domain. */
    UNPROVEN,
    /** Always: no mail of the domains' users comes from outside. Below them as UNPROVEN. */
    ALWAYS,
    /** Never; it is noted as x-own-domain=fail. */
    NEVER
  }

  // What Dmarc says of mail that others whom the admin trusts have changed.
  private static final Set<String> FORWARDED = Set.of("mailing_list", "trusted_forwarder");

  // Nobody's hosts lie deeper, and each one is a question.
  private static final int LABELS = 10;

  private final DirectoryView directory;
  private final When refuse;
  private final boolean subdomains;
  private final Set<String> through;

  /** Checks sender and author. */
  public OwnDomain(
      DirectoryView directory,
      @Param(
              name = "refuse",
              doc =
                  "unproven: unless a check passed for the domain; always; never: only noted as"
                      + " x-own-domain=fail.",
              defaultValue = "unproven")
          When refuse,
      @Param(
              name = "subdomains",
              doc =
                  "Whether domains below those of this server are in its name too: nobody else could"
                      + " use them honestly without SPF or DKIM. A domain elsewhere of which this"
                      + " server has the one above may need false.",
              defaultValue = "true")
          boolean subdomains,
      @Param(
              name = "through",
              doc =
                  "Domains of mailing lists and forwards that bring back mail of own users, such as"
                      + " lists.example.org: their word counts where SPF or DKIM shows that it is"
                      + " theirs. A list that changes mails breaks their signatures.")
          Set<String> through) {
    this.directory = directory;
    this.refuse = refuse;
    this.subdomains = subdomains;
    this.through = through.stream().map(Domains::normalise).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Outcome process(Mail mail) {
    List<MethodResult> results = Verdicts.of(mail);
    List<String> unproven =
        Stream.concat(mail.sender().address().stream(), Author.of(mail).certain().stream())
            .map(EmailAddress::domain)
            .filter(domain -> isForbidden(mail, results, domain))
            .toList();
    Optional<String> used =
        unproven.stream()
            .filter(
                domain ->
                    refuse == When.ALWAYS && directory.isLocalDomain(domain)
                        || !isUnknown(results, domain)
                            && above(domain).filter(up -> isUnknown(results, up)).isEmpty())
            .findFirst();
    if (used.isEmpty()) {
      return Outcome.next(
          unproven.isEmpty() || refuse == When.NEVER
              ? mail
              : mail.withAttribute(Dmarc.DISPOSITION, "quarantine"));
    }
    return refuse == When.NEVER
        ? Outcome.next(
            Verdicts.add(
                mail, MethodResult.of("x-own-domain", "fail").with("policy", "domain", used.get())))
        : new Outcome.Refuse(
            Status.permanent(
                "5.7.1", "You may not send for " + Text.shown(used.get()) + " without a login"));
  }

  private boolean isForbidden(Mail mail, List<MethodResult> results, String domain) {
    if (directory.isLocalDomain(domain)) {
      return refuse == When.ALWAYS || !isAllowed(mail, results, domain);
    }
    Optional<String> above = subdomains ? above(domain) : Optional.empty();
    return above.isPresent()
        && !isAllowed(mail, results, domain)
        && results.stream().noneMatch(each -> speaksFor(each, above.get()));
  }

  private Optional<String> above(String domain) {
    return Stream.iterate(domain, each -> each.indexOf('.') > 0, OwnDomain::parent)
        .skip(1)
        .limit(LABELS)
        .filter(directory::isLocalDomain)
        .findFirst();
  }

  private static String parent(String domain) {
    return domain.substring(domain.indexOf('.') + 1);
  }

  private boolean isAllowed(Mail mail, List<MethodResult> results, String domain) {
    return mail.attribute(Dmarc.OVERRIDE).filter(FORWARDED::contains).isPresent()
        || results.stream().anyMatch(each -> speaksFor(each, domain))
        || through.stream().anyMatch(list -> results.stream().anyMatch(each -> isOf(each, list)));
  }

  private static boolean speaksFor(MethodResult result, String domain) {
    return isOf(result, domain)
        || (result.is("dmarc", "pass") && names(result, "header", "from", domain));
  }

  // Where the domain's own records can't be looked up, silence refuses nothing. But a stranger can
  // cause it: by signatures of domains whose name servers are silent, before one of the domain.
  private static boolean isUnknown(List<MethodResult> results, String domain) {
    return results.stream()
        .anyMatch(
            each ->
                (each.is("spf", "temperror") && names(each, "smtp", "mailfrom", domain))
                    || (each.is("dkim", "temperror") && names(each, "header", "d", domain)));
  }

  private static boolean isOf(MethodResult result, String domain) {
    return (result.is("spf", "pass") && names(result, "smtp", "mailfrom", domain))
        || (result.is("dkim", "pass") && names(result, "header", "d", domain));
  }

  private static boolean names(MethodResult result, String ptype, String name, String domain) {
    return result
        .value(ptype, name)
        .map(value -> value.substring(value.lastIndexOf('@') + 1))
        .filter(domain::equalsIgnoreCase)
        .isPresent();
  }
}
