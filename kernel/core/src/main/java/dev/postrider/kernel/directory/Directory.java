package dev.postrider.kernel.directory;

import dev.postrider.plugin.Domains;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.DirectoryView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules that turn an address into accounts. In this order: the account of that address; the
 * alias of that address; the same two without the subaddress, longest local part first; the
 * catch-all of the domain; for {@code postmaster}, which every domain has to answer for (RFC 5321
 * §4.5.1), the first enabled account of the domain, else of the server.
 *
 * <p>Targets of an alias that are unknown here are left out as long as one other is known; {@link
 * #problems} names them. Thread: any; answers from memory, so an event loop may call it.
 */
public final class Directory implements DirectoryView {

  private static final String POSTMASTER = "postmaster";

  private final DirectoryRows rows;
  private final DirectoryPolicy policy;

  /** Reads the rows anew for each question, so changes count at once. */
  public Directory(DirectoryRows rows, DirectoryPolicy policy) {
    this.rows = rows;
    this.policy = policy;
  }

  /** Where mail to this address goes. */
  public Resolution resolve(EmailAddress address) {
    return new AliasWalk(this::find, policy).resolve(address);
  }

  /**
   * Whether a login may send as this address: mail to it has to reach the account, whether as its
   * own address, with a subaddress, or by an alias, group or catch-all. Standing in for a missing
   * postmaster does not count.
   */
  public boolean mayUse(EmailAddress account, EmailAddress sender) {
    return new AliasWalk(this::findGiven, policy).resolve(sender) instanceof Resolution.Local local
        && local.accounts().contains(account.folded());
  }

  @Override
  public boolean isLocalDomain(String domain) {
    try {
      String name = Domains.normalise(domain);
      return policy.literals().contains(name) || rows.domain(name).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public boolean accepts(EmailAddress address) {
    return resolve(address) instanceof Resolution.Local;
  }

  /** What an admin should mend: one line for each alias that is broken, unreachable or dangling. */
  public List<String> problems() {
    List<String> found = new ArrayList<>();
    for (Alias alias : rows.aliases()) {
      if (rows.domain(alias.domain()).isEmpty()) {
        found.add("the alias " + alias.key() + " is in no local domain");
      } else if (!alias.isCatchAll() && rows.account(EmailAddress.parse(alias.key())).isPresent()) {
        found.add("the alias " + alias.key() + " is hidden by the account of that address");
      } else if (new AliasWalk(this::find, policy).expand(alias)
          instanceof Resolution.Broken(String reason)) {
        found.add(reason);
      } else {
        alias.targets().stream()
            .filter(target -> resolve(target) instanceof Resolution.Unknown)
            .forEach(
                target ->
                    found.add(
                        "the alias " + alias.key() + " names " + target + ", which is unknown"));
      }
    }
    return List.copyOf(found);
  }

  /** What one lookup found, before aliases are followed. */
  sealed interface Match {
    record ToAccount(EmailAddress account, String subaddress) implements Match {}

    record ToAlias(Alias alias, String subaddress) implements Match {}

    record Nothing() implements Match {}

    record Elsewhere() implements Match {}
  }

  private Match find(EmailAddress address) {
    Match given = findGiven(address);
    return given instanceof Match.Nothing ? standIn(address).orElse(given) : given;
  }

  private Match findGiven(EmailAddress address) {
    Optional<EmailAddress> local = localForm(address);
    if (local.isEmpty()) {
      return new Match.Elsewhere();
    }
    EmailAddress whole = local.get();
    return named(whole, "")
        .or(() -> withoutSubaddress(whole))
        .or(() -> rows.alias("@" + whole.domain()).map(alias -> new Match.ToAlias(alias, "")))
        .orElseGet(Match.Nothing::new);
  }

  private Optional<EmailAddress> localForm(EmailAddress address) {
    EmailAddress folded = address.folded();
    if (rows.domain(folded.domain()).isPresent()) {
      return Optional.of(folded);
    }
    return policy.literals().contains(folded.domain())
        ? rows.domains().stream()
            .findFirst()
            .map(domain -> new EmailAddress(folded.localPart(), domain.name()))
        : Optional.empty();
  }

  private Optional<Match> named(EmailAddress address, String subaddress) {
    Optional<Account> account = rows.account(address);
    return account.isPresent()
        ? Optional.of(new Match.ToAccount(account.get().address(), subaddress))
        : rows.alias(address.toString()).map(alias -> new Match.ToAlias(alias, subaddress));
  }

  private Optional<Match> withoutSubaddress(EmailAddress address) {
    String separator = policy.separator();
    if (separator.isEmpty()) {
      return Optional.empty();
    }
    String local = address.localPart();
    for (int at = local.lastIndexOf(separator); at > 0; at = local.lastIndexOf(separator, at - 1)) {
      Optional<Match> match =
          named(
              address.withLocalPart(local.substring(0, at)),
              local.substring(at + separator.length()));
      if (match.isPresent()) {
        return match;
      }
    }
    return Optional.empty();
  }

  private Optional<Match> standIn(EmailAddress address) {
    return localForm(address)
        .filter(local -> local.localPart().equals(POSTMASTER))
        .flatMap(local -> firstAccount(local.domain()).or(() -> firstAccount("")))
        .map(account -> new Match.ToAccount(account.address(), ""));
  }

  private Optional<Account> firstAccount(String domain) {
    return rows.accounts().stream()
        .filter(Account::enabled)
        .filter(account -> domain.isEmpty() || account.address().domain().equals(domain))
        .findFirst();
  }
}
