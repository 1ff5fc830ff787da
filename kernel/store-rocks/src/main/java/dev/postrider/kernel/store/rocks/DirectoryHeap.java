package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.DirectoryRows;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.plugin.EmailAddress;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The whole directory. Written by the committer only. */
final class DirectoryHeap implements DirectoryRows {

  private final NavigableMap<String, LocalDomain> domains = new ConcurrentSkipListMap<>();
  private final NavigableMap<EmailAddress, Account> accounts =
      new ConcurrentSkipListMap<>(
          Comparator.comparing(EmailAddress::localPart).thenComparing(EmailAddress::domain));
  private final NavigableMap<String, Alias> aliases = new ConcurrentSkipListMap<>();

  void put(LocalDomain domain) {
    domains.put(domain.name(), domain);
  }

  void put(Account account) {
    accounts.put(account.address(), account);
  }

  void put(Alias alias) {
    aliases.put(alias.key(), alias);
  }

  void removeDomain(String name) {
    domains.remove(name);
  }

  void removeAccount(EmailAddress folded) {
    accounts.remove(folded);
  }

  void removeAlias(String key) {
    aliases.remove(key);
  }

  @Override
  public Optional<LocalDomain> domain(String name) {
    return Optional.ofNullable(domains.get(name));
  }

  @Override
  public Optional<Account> account(EmailAddress address) {
    return Optional.ofNullable(accounts.get(address.folded()));
  }

  @Override
  public Optional<Alias> alias(String key) {
    return Optional.ofNullable(aliases.get(key));
  }

  @Override
  public List<LocalDomain> domains() {
    return List.copyOf(domains.values());
  }

  @Override
  public List<Account> accounts() {
    return accounts.values().stream()
        .sorted(Comparator.comparing((Account account) -> account.address().toString()))
        .toList();
  }

  @Override
  public List<Alias> aliases() {
    return List.copyOf(aliases.values());
  }
}
