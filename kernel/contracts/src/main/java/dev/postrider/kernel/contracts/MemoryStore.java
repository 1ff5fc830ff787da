package dev.postrider.kernel.contracts;

import dev.postrider.kernel.directory.DirectoryRows;
import dev.postrider.kernel.ledger.Ledger;
import dev.postrider.kernel.mailbox.MailStore;
import dev.postrider.kernel.outbound.OutboundQueue;
import dev.postrider.kernel.spool.Spool;
import dev.postrider.kernel.state.StateRows;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.ContentDraft;
import dev.postrider.kernel.store.Store;
import dev.postrider.kernel.store.StoreWatcher;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A store on the heap for tests: keeps the whole contract of {@link Store} except that nothing
 * outlives the process. Ledger entries never expire. Watchers are called on the committing thread,
 * one commit after the other. Thread: any.
 */
public final class MemoryStore implements Store {

  private final ReentrantLock lock = new ReentrantLock();
  private final MemoryTables tables = new MemoryTables();
  private final MemoryViews views = new MemoryViews(lock, tables);
  private final List<StoreWatcher> watchers = new CopyOnWriteArrayList<>();
  private final Deque<CommitResult> failures = new ArrayDeque<>();
  private final List<Batch> committed = new ArrayList<>();
  private boolean closed;
  private volatile long room = Long.MAX_VALUE;

  /** Sets what {@link #room} answers; commits go on as before. */
  public void room(long octets) {
    room = octets;
  }

  /**
   * Makes the next commit come to this result and change nothing; several are used up in turn.
   *
   * @param result not {@link CommitResult.Committed}
   */
  public void failNextCommit(CommitResult result) {
    if (result instanceof CommitResult.Committed) {
      throw new IllegalArgumentException("a failure can't be Committed");
    }
    lock.lock();
    try {
      failures.add(result);
    } finally {
      lock.unlock();
    }
  }

  /** The batches that were committed so far, oldest first. */
  public List<Batch> committedBatches() {
    lock.lock();
    try {
      return List.copyOf(committed);
    } finally {
      lock.unlock();
    }
  }

  /** How many contents are held: one however many entries share it, none when the last is gone. */
  public int contentCount() {
    lock.lock();
    try {
      return tables.contents.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public MailStore mail() {
    return views.mail();
  }

  @Override
  public Spool spool() {
    return views.spool();
  }

  @Override
  public OutboundQueue outbound() {
    return views.outbound();
  }

  @Override
  public DirectoryRows directory() {
    return views.directory();
  }

  @Override
  public Ledger ledger() {
    return views.ledger();
  }

  @Override
  public StateRows state() {
    return views.state();
  }

  @Override
  public long room() {
    return room;
  }

  @Override
  public ContentDraft draft() {
    return new MemoryDraft();
  }

  @Override
  public Content open(StoredMessage message) {
    return new MemoryContent(message, () -> views.octets(message.content()));
  }

  @Override
  public CommitResult commit(Batch batch) {
    IdentityHashMap<Content, byte[]> fresh;
    try {
      fresh = MemoryContent.readFresh(batch);
    } catch (IOException e) {
      return new CommitResult.Failed("content can't be read: " + e.getMessage());
    }
    lock.lock();
    try {
      if (closed) {
        return new CommitResult.Failed("the store is closed");
      }
      CommitResult failure = failures.poll();
      if (failure != null) {
        return failure;
      }
      CommitResult result = tables.apply(batch, fresh);
      if (result instanceof CommitResult.Committed) {
        committed.add(batch);
        watchers.forEach(watcher -> watcher.committed(batch));
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void watch(StoreWatcher watcher) {
    watchers.add(watcher);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
