package dev.postrider.kernel.contracts;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.DirectoryRows;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.ledger.Ledger;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.mailbox.MailStore;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.outbound.OutboundQueue;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.outbound.QueueSummary;
import dev.postrider.kernel.spool.Spool;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.state.StateRows;
import dev.postrider.kernel.state.StateValue;
import dev.postrider.kernel.store.ContentId;
import dev.postrider.plugin.EmailAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/** The reading ports over the tables, each answer made under the lock. */
final class MemoryViews {

  private final Lock lock;
  private final MemoryTables tables;

  MemoryViews(Lock lock, MemoryTables tables) {
    this.lock = lock;
    this.tables = tables;
  }

  private <T> T locked(Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }

  byte[] octets(ContentId id) throws IOException {
    Optional<MemoryTables.Held> held = locked(() -> Optional.ofNullable(tables.contents.get(id)));
    return held.orElseThrow(() -> new IOException("content " + id.value() + " is gone")).octets;
  }

  MailStore mail() {
    return new MailStore() {
      @Override
      public List<MailboxName> mailboxes(EmailAddress owner) {
        EmailAddress folded = owner.folded();
        return locked(
            () ->
                tables.mailboxes.keySet().stream()
                    .filter(name -> name.owner().equals(folded))
                    .toList());
      }

      @Override
      public List<MailboxMessage> messages(MailboxName mailbox) {
        return locked(
            () ->
                Optional.ofNullable(tables.mailboxes.get(mailbox))
                    .map(box -> List.copyOf(box.messages.values()))
                    .orElse(List.of()));
      }

      @Override
      public long uidValidity(MailboxName mailbox) {
        return locked(
            () ->
                Optional.ofNullable(tables.mailboxes.get(mailbox))
                    .map(box -> box.uidValidity)
                    .orElse(0L));
      }
    };
  }

  Spool spool() {
    return new Spool() {
      @Override
      public Optional<SpoolEntry> entry(String mailId) {
        return locked(() -> Optional.ofNullable(tables.spool.get(mailId)));
      }

      @Override
      public List<SpoolEntry> due(Instant now, int limit) {
        return locked(
            () ->
                tables.spool.values().stream()
                    .filter(entry -> entry.held().isEmpty() && !entry.nextAttempt().isAfter(now))
                    .sorted(Comparator.comparing(SpoolEntry::nextAttempt))
                    .limit(limit)
                    .toList());
      }

      @Override
      public Optional<Instant> nextDue() {
        return locked(
            () ->
                tables.spool.values().stream()
                    .filter(entry -> entry.held().isEmpty())
                    .map(SpoolEntry::nextAttempt)
                    .min(Comparator.naturalOrder()));
      }

      @Override
      public List<SpoolEntry> list(String afterId, int limit) {
        return locked(
            () -> tables.spool.tailMap(afterId, false).values().stream().limit(limit).toList());
      }

      @Override
      public int count() {
        return locked(tables.spool::size);
      }
    };
  }

  OutboundQueue outbound() {
    return new OutboundQueue() {
      @Override
      public Optional<QueueEntry> entry(String id) {
        return locked(() -> Optional.ofNullable(tables.queue.get(id)));
      }

      @Override
      public List<QueueSummary> summaries() {
        return locked(
            () ->
                tables.queue.values().stream()
                    .map(
                        entry ->
                            new QueueSummary(
                                entry.id(),
                                entry.destination(),
                                entry.nextAttempt(),
                                entry.held().isPresent()))
                    .toList());
      }

      @Override
      public List<QueueEntry> list(String afterId, int limit) {
        return locked(
            () -> tables.queue.tailMap(afterId, false).values().stream().limit(limit).toList());
      }

      @Override
      public int count() {
        return locked(tables.queue::size);
      }
    };
  }

  DirectoryRows directory() {
    return new DirectoryRows() {
      @Override
      public Optional<LocalDomain> domain(String name) {
        return locked(() -> Optional.ofNullable(tables.domains.get(name)));
      }

      @Override
      public Optional<Account> account(EmailAddress address) {
        return locked(() -> Optional.ofNullable(tables.accounts.get(address.folded().toString())));
      }

      @Override
      public Optional<Alias> alias(String key) {
        return locked(() -> Optional.ofNullable(tables.aliases.get(key)));
      }

      @Override
      public List<LocalDomain> domains() {
        return locked(() -> List.copyOf(tables.domains.values()));
      }

      @Override
      public List<Account> accounts() {
        return locked(() -> List.copyOf(tables.accounts.values()));
      }

      @Override
      public List<Alias> aliases() {
        return locked(() -> List.copyOf(tables.aliases.values()));
      }
    };
  }

  StateRows state() {
    return new StateRows() {
      @Override
      public Optional<StateValue> value(String plugin, String key) {
        return locked(() -> Optional.ofNullable(tables.stateOf(plugin).get(key)));
      }

      @Override
      public List<String> keys(String plugin, String prefix, String after, int limit) {
        return locked(
            () ->
                tables.stateOf(plugin).tailMap(after, false).keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .limit(limit)
                    .toList());
      }

      @Override
      public long octets(String plugin) {
        return locked(
            () ->
                tables.stateOf(plugin).entrySet().stream()
                    .mapToLong(
                        each ->
                            each.getKey().getBytes(StandardCharsets.UTF_8).length
                                + (long) each.getValue().size())
                    .sum());
      }
    };
  }

  Ledger ledger() {
    return new Ledger() {
      @Override
      public List<LedgerEntry> of(String mailId) {
        return locked(
            () ->
                tables.ledger.stream()
                    .filter(entry -> entry.mailId().equals(mailId))
                    .sorted(Comparator.comparing(LedgerEntry::at))
                    .toList());
      }

      @Override
      public List<LedgerEntry> since(Instant from, int limit) {
        return locked(
            () ->
                tables.ledger.stream()
                    .filter(entry -> !entry.at().isBefore(from))
                    .sorted(Comparator.comparing(LedgerEntry::at))
                    .limit(limit)
                    .toList());
      }
    };
  }
}
