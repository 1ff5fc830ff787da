package dev.postrider.kernel.admin;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.AppPassword;
import dev.postrider.kernel.directory.DirectoryRows;
import dev.postrider.kernel.directory.PasswordHash;
import dev.postrider.kernel.store.Change;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Text;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** App passwords of accounts. Callers make one change at a time. */
final class AppPasswordChanges {

  private static final int MOST = 20;
  private static final int LONGEST_NAME = 40;

  private final Commits commits;
  private final DirectoryRows rows;
  private final PasswordHash hashes;
  private final InstantSource clock;

  AppPasswordChanges(
      Commits commits, DirectoryRows rows, PasswordHash hashes, InstantSource clock) {
    this.commits = commits;
    this.rows = rows;
    this.hashes = hashes;
    this.clock = clock;
  }

  Optional<List<AppPasswordView>> list(String address) {
    return EmailAddress.tryParse(address)
        .flatMap(rows::account)
        .map(account -> account.appPasswords().stream().map(AppPasswordView::of).toList());
  }

  AdminAnswer add(String address, String name, String password, List<String> uses) {
    Optional<String> canonical = AppPassword.canonical(password);
    if (canonical.isEmpty()) {
      return AdminAnswer.invalid("an app password is made of 24 letters and digits");
    }
    if (name.isBlank() || name.length() > LONGEST_NAME || !Text.shown(name).equals(name)) {
      return AdminAnswer.invalid(
          "the name of an app password has 1 to " + LONGEST_NAME + " visible characters");
    }
    Set<AppPassword.Use> allowed = EnumSet.noneOf(AppPassword.Use.class);
    for (String use : uses) {
      try {
        allowed.add(AppPassword.Use.valueOf(use.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        return AdminAnswer.invalid("'" + Text.shown(use) + "' is neither smtp nor pop3");
      }
    }
    if (allowed.isEmpty()) {
      return AdminAnswer.invalid("an app password has to be of use for smtp, pop3 or both");
    }
    return onAccount(
        address,
        account -> {
          String mark = AppPassword.markOf(canonical.get());
          List<AppPassword> all = new ArrayList<>(account.appPasswords());
          if (all.stream().anyMatch(each -> each.name().equals(name))) {
            return AdminAnswer.conflict(
                account.address() + " has an app password '" + name + "' already; remove it first");
          }
          if (all.stream().anyMatch(each -> each.mark().equals(mark))) {
            return AdminAnswer.conflict("another one begins with the same letters; try again");
          }
          if (all.size() >= MOST) {
            return AdminAnswer.conflict(
                account.address() + " has " + MOST + " app passwords; remove one first");
          }
          String hash = hashes.hash(canonical.get());
          all.add(new AppPassword(name, mark, hash, allowed, clock.instant()));
          return commits.commit(
              "added the app password '" + name + "' of " + account.address(),
              new Change.PutAccount(account.withAppPasswords(all)));
        });
  }

  AdminAnswer remove(String address, String name) {
    return onAccount(
        address,
        account -> {
          List<AppPassword> rest =
              account.appPasswords().stream().filter(each -> !each.name().equals(name)).toList();
          return rest.size() == account.appPasswords().size()
              ? AdminAnswer.unknown(
                  account.address() + " has no app password '" + Text.shown(name) + "'")
              : commits.commit(
                  "removed the app password '" + name + "' of " + account.address(),
                  new Change.PutAccount(account.withAppPasswords(rest)));
        });
  }

  private AdminAnswer onAccount(String text, Function<Account, AdminAnswer> change) {
    return EmailAddress.tryParse(text)
        .flatMap(rows::account)
        .map(change)
        .orElseGet(() -> AdminAnswer.unknown("there is no user " + Text.shown(text)));
  }
}
