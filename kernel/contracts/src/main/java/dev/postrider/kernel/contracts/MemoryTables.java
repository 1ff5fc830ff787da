package dev.postrider.kernel.contracts;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.state.KeyOrder;
import dev.postrider.kernel.state.StateValue;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.ContentId;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Domains;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All rows, and what a batch does to them. Guarded by the lock of the store. */
final class MemoryTables {

  /** Octets and how many entries hold them. */
  static final class Held {
    final byte[] octets;
    int entries;

    Held(byte[] octets) {
      this.octets = octets;
    }
  }

  final TreeMap<MailboxName, MemoryMailbox> mailboxes =
      new TreeMap<>(
          Comparator.comparing((MailboxName name) -> name.owner().toString())
              .thenComparing(MailboxName::folder));
  final TreeMap<String, SpoolEntry> spool = new TreeMap<>();
  final TreeMap<String, QueueEntry> queue = new TreeMap<>();
  final TreeMap<String, LocalDomain> domains = new TreeMap<>();
  final TreeMap<String, Account> accounts = new TreeMap<>();
  final TreeMap<String, Alias> aliases = new TreeMap<>();
  final TreeMap<String, NavigableMap<String, StateValue>> state = new TreeMap<>();
  final List<LedgerEntry> ledger = new ArrayList<>();
  final Map<ContentId, Held> contents = new HashMap<>();
  private long contentNumber;
  private long lastValidity;

  /** Applies all changes or none. */
  CommitResult apply(Batch batch, IdentityHashMap<Content, byte[]> fresh) {
    String conflict = conflict(batch);
    if (conflict != null) {
      return new CommitResult.Conflict(conflict);
    }
    IdentityHashMap<Content, ContentId> ids = new IdentityHashMap<>();
    fresh.forEach(
        (content, octets) -> {
          ContentId id = new ContentId("m" + ++contentNumber);
          ids.put(content, id);
          contents.put(id, new Held(octets));
        });
    batch.changes().forEach(change -> apply(change, ids));
    // Only now: what one change gives up another of the same batch may keep.
    contents.values().removeIf(held -> held.entries == 0);
    return new CommitResult.Committed();
  }

  private @Nullable String conflict(Batch batch) {
    Map<String, Boolean> spooled = new HashMap<>();
    Map<String, Optional<Long>> queued = new HashMap<>();
    MemoryMoves moves = new MemoryMoves(mailboxes);
    for (Change change : batch.changes()) {
      if (change.octets().orElse(null) instanceof NewMessage.Kept(StoredMessage kept)
          && !contents.containsKey(kept.content())) {
        return "content " + kept.content().value() + " is gone";
      }
      String outdated = moves.conflict(change);
      if (outdated != null) {
        return outdated;
      }
      if (change instanceof Change.Spool(SpoolEntry entry, _)) {
        spooled.put(entry.id(), true);
      } else if (change instanceof Change.Enqueue(QueueEntry entry, _)) {
        if (version(queued, entry.id()).isPresent()) {
          return "queue entry " + entry.id() + " is there already";
        }
        queued.put(entry.id(), Optional.of(entry.version()));
      } else if (change instanceof Change.Unspool(String id)) {
        if (!spooled.getOrDefault(id, spool.containsKey(id))) {
          return "spool entry " + id + " is gone";
        }
        spooled.put(id, false);
      } else if (change instanceof Change.Dequeue(String id, long version)) {
        Optional<Long> there = version(queued, id);
        if (!there.equals(Optional.of(version))) {
          return "queue entry " + id + (there.isEmpty() ? " is gone" : " was changed");
        }
        queued.put(id, Optional.empty());
      }
    }
    return null;
  }

  private Optional<Long> version(Map<String, Optional<Long>> inBatch, String id) {
    Optional<Long> stored = Optional.ofNullable(queue.get(id)).map(QueueEntry::version);
    return inBatch.getOrDefault(id, stored);
  }

  private void apply(Change change, IdentityHashMap<Content, ContentId> ids) {
    switch (change) {
      case Change.Append(var mailbox, var message, var arrivedAt, var flags) ->
          mailbox(mailbox).append(hold(message, ids), arrivedAt, flags);
      case Change.Expunge(var mailbox, var uids) -> {
        MemoryMailbox box = mailboxes.get(mailbox);
        if (box != null) {
          uids.forEach(uid -> release(box.messages.remove(uid)));
        }
      }
      case Change.Move(var from, _, var uids, var to) -> {
        MemoryMailbox target = mailbox(to);
        MemoryMailbox box = Objects.requireNonNull(mailboxes.get(from));
        uids.forEach(uid -> target.take(Objects.requireNonNull(box.messages.remove(uid))));
      }
      case Change.Spool(var entry, var message) ->
          release(spool.put(entry.id(), with(entry, hold(message, ids))));
      case Change.Unspool(var id) -> release(spool.remove(id));
      case Change.Enqueue(var entry, var message) ->
          release(queue.put(entry.id(), with(entry, hold(message, ids))));
      case Change.Dequeue(var id, var _) -> release(queue.remove(id));
      case Change.RecordFate(var entry) -> ledger.add(entry);
      case Change.PutDomain(var domain) -> domains.put(domain.name(), domain);
      case Change.RemoveDomain(var domain) -> domains.remove(Domains.normalise(domain));
      case Change.PutAccount(var account) -> accounts.put(account.address().toString(), account);
      case Change.RemoveAccount(var address) -> {
        accounts.remove(address.folded().toString());
        mailboxes
            .entrySet()
            .removeIf(
                entry -> {
                  boolean theirs = entry.getKey().owner().equals(address.folded());
                  if (theirs) {
                    entry.getValue().messages.values().forEach(this::release);
                  }
                  return theirs;
                });
      }
      case Change.PutAlias(var alias) -> aliases.put(alias.key(), alias);
      case Change.RemoveAlias(var key) -> aliases.remove(Alias.normalisedKey(key));
      case Change.PutState(var plugin, var key, var value) -> stateOf(plugin).put(key, value);
      case Change.RemoveState(var plugin, var key) -> stateOf(plugin).remove(key);
    }
  }

  private MemoryMailbox mailbox(MailboxName name) {
    return mailboxes.computeIfAbsent(name, _ -> new MemoryMailbox(++lastValidity));
  }

  /** What a plugin remembers, in the order of its keys. */
  NavigableMap<String, StateValue> stateOf(String plugin) {
    return state.computeIfAbsent(plugin, _ -> new TreeMap<>(KeyOrder.OCTETS));
  }

  private StoredMessage hold(NewMessage message, IdentityHashMap<Content, ContentId> ids) {
    StoredMessage stored =
        switch (message) {
          case NewMessage.Fresh(String head, Content content, long offset) -> {
            ContentId id = Objects.requireNonNull(ids.get(content));
            yield new StoredMessage(
                head, id, offset, head.length() + held(id).octets.length - offset);
          }
          case NewMessage.Kept(StoredMessage kept) -> kept;
        };
    held(stored.content()).entries++;
    return stored;
  }

  private Held held(ContentId id) {
    return Objects.requireNonNull(contents.get(id));
  }

  private void release(@Nullable MailboxMessage message) {
    if (message != null) {
      held(message.message().content()).entries--;
    }
  }

  private void release(@Nullable SpoolEntry entry) {
    if (entry != null) {
      held(entry.message().content()).entries--;
    }
  }

  private void release(@Nullable QueueEntry entry) {
    if (entry != null) {
      held(entry.message().content()).entries--;
    }
  }

  private static SpoolEntry with(SpoolEntry entry, StoredMessage message) {
    return new SpoolEntry(
        entry.id(),
        entry.client(),
        entry.envelope(),
        message,
        entry.attributes(),
        entry.processor(),
        entry.receivedAt(),
        entry.attempts(),
        entry.nextAttempt(),
        entry.held());
  }

  private static QueueEntry with(QueueEntry entry, StoredMessage message) {
    return new QueueEntry(
        entry.id(),
        entry.mailId(),
        entry.route(),
        entry.destination(),
        entry.envelope(),
        message,
        entry.queuedAt(),
        entry.nextAttempt(),
        entry.expiresAt(),
        entry.attempts(),
        entry.delayReported(),
        entry.lastReply(),
        entry.held(),
        entry.version(),
        entry.appPassword());
  }
}
