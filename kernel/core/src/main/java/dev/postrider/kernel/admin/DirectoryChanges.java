package dev.postrider.kernel.admin;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.DirectoryRows;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.directory.PasswordHash;
import dev.postrider.kernel.store.Change;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.EmailAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Supplier;

/** Checks and commits changes of the directory. One at a time, so that checks hold. */
final class DirectoryChanges {

  private final Commits commits;
  private final DirectoryRows rows;
  private final PasswordHash hashes;
  private final AppPasswordChanges appPasswords;

  DirectoryChanges(Commits commits, DirectoryRows rows, PasswordHash hashes, InstantSource clock) {
    this.commits = commits;
    this.rows = rows;
    this.hashes = hashes;
    this.appPasswords = new AppPasswordChanges(commits, rows, hashes, clock);
  }

  synchronized AdminAnswer addDomain(String text) {
    return checked(
        () -> {
          LocalDomain domain = new LocalDomain(text);
          return rows.domain(domain.name()).isPresent()
              ? AdminAnswer.conflict("the domain " + domain.name() + " is there already")
              : commits.commit("added the domain " + domain.name(), new Change.PutDomain(domain));
        });
  }

  synchronized AdminAnswer removeDomain(String text) {
    return checked(
        () -> {
          String name = Domains.normalise(text);
          if (rows.domain(name).isEmpty()) {
            return AdminAnswer.unknown("there is no domain " + name);
          }
          long users =
              rows.accounts().stream().filter(a -> a.address().domain().equals(name)).count();
          long aliases = rows.aliases().stream().filter(a -> a.domain().equals(name)).count();
          if (users + aliases > 0) {
            return AdminAnswer.conflict(
                "the domain %s still has %d users and %d aliases; remove them first"
                    .formatted(name, users, aliases));
          }
          return commits.commit("removed the domain " + name, new Change.RemoveDomain(name));
        });
  }

  synchronized AdminAnswer addUser(String text, String password) {
    return checked(
        () -> {
          EmailAddress address = EmailAddress.parse(text).folded();
          if (rows.account(address).isPresent()) {
            return AdminAnswer.conflict(
                "the user " + address + " is there already; 'user passwd' changes the password");
          }
          if (rows.alias(address.toString()).isPresent()) {
            return AdminAnswer.conflict(
                address
                    + " is an alias already; remove it first with 'alias remove "
                    + address
                    + "'");
          }
          return notLocal(address.domain())
              .or(() -> unfit(password))
              .orElseGet(() -> add(address, password));
        });
  }

  synchronized AdminAnswer changePassword(String text, String password) {
    return checked(
        () -> {
          EmailAddress address = EmailAddress.parse(text).folded();
          Optional<Account> account = rows.account(address);
          return account.isEmpty()
              ? noUser(address)
              : unfit(password)
                  .orElseGet(
                      () ->
                          commits.commit(
                              "changed the password of " + address,
                              new Change.PutAccount(
                                  account.get().withPasswordHash(hashes.hash(password)))));
        });
  }

  synchronized AdminAnswer removeUser(String text) {
    return checked(
        () -> {
          EmailAddress address = EmailAddress.parse(text).folded();
          return rows.account(address).isEmpty()
              ? noUser(address)
              : commits.commit(
                  "removed the user " + address + " and all mail of it",
                  new Change.RemoveAccount(address));
        });
  }

  // Mail for it would be put off for ever.
  private Optional<AdminAnswer> circle(Alias alias) {
    Deque<EmailAddress> open = new ArrayDeque<>(alias.targets());
    Set<EmailAddress> seen = new HashSet<>();
    while (!open.isEmpty()) {
      EmailAddress next = open.pop().folded();
      if (next.toString().equals(alias.key())) {
        return Optional.of(
            AdminAnswer.conflict("the alias " + alias.key() + " would lead back to itself"));
      }
      if (seen.add(next)) {
        rows.alias(next.toString()).ifPresent(further -> open.addAll(further.targets()));
      }
    }
    return Optional.empty();
  }

  synchronized AdminAnswer addAlias(String text, List<String> more) {
    return checked(
        () -> {
          String key = Alias.normalisedKey(text);
          SequencedSet<EmailAddress> targets = new LinkedHashSet<>();
          rows.alias(key).ifPresent(alias -> targets.addAll(alias.targets()));
          more.forEach(target -> targets.add(EmailAddress.parse(target)));
          Alias alias = new Alias(key, new ArrayList<>(targets));
          if (!alias.isCatchAll() && rows.account(EmailAddress.parse(key)).isPresent()) {
            return AdminAnswer.conflict(
                key + " is a user; an alias of that name would never be used");
          }
          return notLocal(alias.domain())
              .or(() -> circle(alias))
              .orElseGet(
                  () ->
                      commits.commit(
                          "the alias " + key + " leads to " + shown(alias.targets()),
                          new Change.PutAlias(alias)));
        });
  }

  synchronized AdminAnswer removeAlias(String text) {
    return checked(
        () -> {
          String key = Alias.normalisedKey(text);
          return rows.alias(key).isEmpty()
              ? AdminAnswer.unknown("there is no alias " + key)
              : commits.commit("removed the alias " + key, new Change.RemoveAlias(key));
        });
  }

  private AdminAnswer add(EmailAddress address, String password) {
    Account account = new Account(address, hashes.hash(password), true);
    return commits.commit("added the user " + address, new Change.PutAccount(account));
  }

  Optional<List<AppPasswordView>> appPasswords(String address) {
    return appPasswords.list(address);
  }

  synchronized AdminAnswer addAppPassword(
      String address, String name, String password, List<String> uses) {
    return appPasswords.add(address, name, password, uses);
  }

  synchronized AdminAnswer removeAppPassword(String address, String name) {
    return appPasswords.remove(address, name);
  }

  private Optional<AdminAnswer> notLocal(String domain) {
    return rows.domain(domain).isPresent()
        ? Optional.empty()
        : Optional.of(
            AdminAnswer.conflict(
                "the domain %s is not served here; add it with 'domain add %s'"
                    .formatted(domain, domain)));
  }

  private static Optional<AdminAnswer> unfit(String password) {
    return PasswordRule.objection(password).map(AdminAnswer::invalid);
  }

  private static AdminAnswer noUser(EmailAddress address) {
    return AdminAnswer.unknown("there is no user " + address);
  }

  private static String shown(List<EmailAddress> targets) {
    return String.join(", ", targets.stream().map(EmailAddress::toString).toList());
  }

  // The parsers of names and addresses tell by an exception what is wrong with a text.
  private static AdminAnswer checked(Supplier<AdminAnswer> change) {
    try {
      return change.get();
    } catch (IllegalArgumentException e) {
      return AdminAnswer.invalid(String.valueOf(e.getMessage()));
    }
  }
}
