package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.EmailAddress;
import java.util.ArrayList;
import java.util.List;

/** What a group does to the directory. Thread: the committer's. */
final class DirectoryStage {

  private final DirectoryHeap heap;
  private final RowBuffer rows;
  private final ByteWriter key;
  private final ByteWriter value;
  private final List<Runnable> later = new ArrayList<>();

  DirectoryStage(DirectoryHeap heap, RowBuffer rows, ByteWriter key, ByteWriter value) {
    this.heap = heap;
    this.rows = rows;
    this.key = key;
    this.value = value;
  }

  void put(LocalDomain domain) {
    DirectoryCodec.write(value.reset(), domain);
    rows.put(Keys.named(key, Keys.DOMAIN, domain.name()), value);
    later.add(() -> heap.put(domain));
  }

  void removeDomain(String name) {
    String normalised = Domains.normalise(name);
    rows.delete(Keys.named(key, Keys.DOMAIN, normalised));
    later.add(() -> heap.removeDomain(normalised));
  }

  void put(Account account) {
    DirectoryCodec.write(value.reset(), account);
    rows.put(Keys.account(key, account.address()), value);
    later.add(() -> heap.put(account));
  }

  void removeAccount(EmailAddress folded) {
    rows.delete(Keys.account(key, folded));
    later.add(() -> heap.removeAccount(folded));
  }

  void put(Alias alias) {
    DirectoryCodec.write(value.reset(), alias);
    rows.put(Keys.named(key, Keys.ALIAS, alias.key()), value);
    later.add(() -> heap.put(alias));
  }

  void removeAlias(String name) {
    String normalised = Alias.normalisedKey(name);
    rows.delete(Keys.named(key, Keys.ALIAS, normalised));
    later.add(() -> heap.removeAlias(normalised));
  }

  /** The group is durable: makes it visible. */
  void takeOver() {
    later.forEach(Runnable::run);
  }
}
