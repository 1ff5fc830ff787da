package dev.postrider.kernel.mailbox;

import dev.postrider.kernel.port.Ids;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves and copies messages between the mailboxes of an account, and notes in the same commit that
 * {@link MoveAnnouncer} has something to tell. Thread: any; blocks until it is durable.
 */
public final class MessageMoves {

  private static final Logger LOG = LoggerFactory.getLogger(MessageMoves.class);

  private final Store store;
  private final MoveNotes notes;
  private final Ids ids;
  private final InstantSource clock;

  /** On this store. */
  public MessageMoves(Store store, Ids ids, InstantSource clock) {
    this.store = store;
    this.notes = new MoveNotes(store);
    this.ids = ids;
    this.clock = clock;
  }

  /** See {@link Change.Move}; a conflict where one of the messages is gone. */
  public CommitResult move(
      MailboxName from, long uidValidity, SortedSet<Long> uids, MailboxName to) {
    Change move = new Change.Move(from, uidValidity, uids, to);
    return commit(from, uids, to, false, messages -> List.of(move));
  }

  /** Copies messages, which stay where they are too; a conflict where one of them is gone. */
  public CommitResult copy(
      MailboxName from, long uidValidity, SortedSet<Long> uids, MailboxName to) {
    if (store.mail().uidValidity(from) != uidValidity) {
      return new CommitResult.Conflict("mailbox " + from + " is another one now");
    }
    return commit(from, uids, to, true, messages -> copies(messages, to));
  }

  private static List<Change> copies(List<MailboxMessage> messages, MailboxName to) {
    return messages.stream()
        .<Change>map(
            each ->
                new Change.Append(
                    to, new NewMessage.Kept(each.message()), each.arrivedAt(), each.flags()))
        .toList();
  }

  private CommitResult commit(
      MailboxName from,
      SortedSet<Long> uids,
      MailboxName to,
      boolean copied,
      Function<List<MailboxMessage>, List<Change>> changes) {
    TreeMap<Long, MailboxMessage> there = new TreeMap<>();
    store.mail().messages(from).forEach(each -> there.put(each.uid(), each));
    if (!there.keySet().containsAll(uids)) {
      return new CommitResult.Conflict("messages of " + from + " are gone");
    }
    List<MailboxMessage> messages = uids.stream().map(there::get).toList();
    List<Change> all = new ArrayList<>(changes.apply(messages));
    if (!from.equals(to)) {
      all.addAll(noted(messages, from, to, copied));
    }
    return store.commit(new Batch(all));
  }

  private List<Change> noted(
      List<MailboxMessage> messages, MailboxName from, MailboxName to, boolean copied) {
    int room = notes.room();
    if (messages.size() > room) {
      LOG.warn(
          "plugins are not told of {} messages of {} that go to {}: too many wait to be told",
          messages.size() - room,
          from,
          to.folder());
    }
    Instant now = clock.instant();
    return messages.stream()
        .limit(room)
        .map(each -> new MoveNotes.Note(ids.next(), from, to, copied, each.message(), now))
        .map(MoveNotes::put)
        .toList();
  }
}
