package dev.postrider.kernel.store;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.state.StateValue;
import dev.postrider.plugin.EmailAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** One change of a batch. */
public sealed interface Change {

  /**
   * Adds a message to a mailbox, which is made where it does not exist, under the next uid.
   *
   * @param mailbox whose and which
   * @param message the octets
   * @param arrivedAt the internal date
   * @param flags such as {@code \Seen}; usually none
   */
  record Append(MailboxName mailbox, NewMessage message, Instant arrivedAt, Set<String> flags)
      implements Change {}

  /** Removes messages from a mailbox; uids that are gone already are no error. */
  record Expunge(MailboxName mailbox, Set<Long> uids) implements Change {}

  /**
   * Moves messages of an account from one of its mailboxes to another, which is made where it does
   * not exist (RFC 6851). They keep octets, internal date and flags and get the next uids there, in
   * the order of their old ones. Where one of them is not there any more the whole batch is a
   * {@link CommitResult.Conflict}, so that a message moved by two is not there twice. Messages that
   * the same batch brings can't be moved by it.
   *
   * @param from where they are
   * @param uidValidity of {@code from} when it was looked at; where it is another one now, the
   *     batch is a conflict too
   * @param uids which; at least one
   * @param to of the same account
   */
  record Move(MailboxName from, long uidValidity, SortedSet<Long> uids, MailboxName to)
      implements Change {

    /** Checks the accounts. */
    public Move {
      uids = Collections.unmodifiableSortedSet(new TreeSet<>(uids));
      if (uids.isEmpty() || !from.owner().equals(to.owner())) {
        throw new IllegalArgumentException(
            "messages %s of %s can't be moved to %s".formatted(uids, from, to));
      }
    }
  }

  /**
   * Adds a mail to the spool, or replaces the entry of the same id.
   *
   * @param entry its {@code message} is ignored here
   * @param message the octets
   */
  record Spool(SpoolEntry entry, NewMessage message) implements Change {}

  /**
   * Removes a mail from the spool. Where it is not there any more the whole batch is a {@link
   * CommitResult.Conflict}: somebody else committed its run.
   */
  record Unspool(String mailId) implements Change {}

  /**
   * Adds an entry to the outbound queue. Where one of the same id is there, and was not taken out
   * before in this batch, the whole batch is a {@link CommitResult.Conflict}.
   *
   * @param entry its {@code message} is ignored here
   * @param message the octets
   */
  record Enqueue(QueueEntry entry, NewMessage message) implements Change {}

  /**
   * Removes an entry of the outbound queue. Where it is not there any more, or in another version,
   * the whole batch is a {@link CommitResult.Conflict}: what it was worked out from is out of date.
   */
  record Dequeue(String queueId, long version) implements Change {

    /** Of an entry as it was read. */
    public static Dequeue of(QueueEntry seen) {
      return new Dequeue(seen.id(), seen.version());
    }
  }

  /** Writes a line into the ledger. */
  record RecordFate(LedgerEntry entry) implements Change {}

  /** Adds or replaces a domain. */
  record PutDomain(LocalDomain domain) implements Change {}

  /** Removes a domain; accounts and aliases of it stay and are unreachable. */
  record RemoveDomain(String domain) implements Change {}

  /** Adds or replaces an account. */
  record PutAccount(Account account) implements Change {}

  /** Removes an account and all its mailboxes. */
  record RemoveAccount(EmailAddress address) implements Change {}

  /** Adds or replaces an alias, group or catch-all. */
  record PutAlias(Alias alias) implements Change {}

  /** Removes an alias. */
  record RemoveAlias(String key) implements Change {}

  /** Sets what a plugin remembers under a key. */
  record PutState(String plugin, String key, StateValue value) implements Change {}

  /** Makes a plugin forget a key. */
  record RemoveState(String plugin, String key) implements Change {}

  /** The octets that this change brings or keeps, if any. */
  default Optional<NewMessage> octets() {
    return switch (this) {
      case Append append -> Optional.of(append.message());
      case Spool spool -> Optional.of(spool.message());
      case Enqueue enqueue -> Optional.of(enqueue.message());
      case Expunge _,
          Move _,
          Unspool _,
          Dequeue _,
          RecordFate _,
          PutDomain _,
          RemoveDomain _,
          PutAccount _,
          RemoveAccount _,
          PutAlias _,
          RemoveAlias _,
          PutState _,
          RemoveState _ ->
          Optional.empty();
    };
  }
}
