package dev.postrider.kernel.store;

import dev.postrider.kernel.directory.DirectoryRows;
import dev.postrider.kernel.ledger.Ledger;
import dev.postrider.kernel.mailbox.MailStore;
import dev.postrider.kernel.outbound.OutboundQueue;
import dev.postrider.kernel.spool.Spool;
import dev.postrider.kernel.state.StateRows;
import dev.postrider.plugin.Content;

/**
 * A storage engine: all ports on one set of data, one atomic commit across them.
 *
 * <p>Thread: any; calls may block, so never from an event loop. Reads see every batch whose commit
 * returned before they began.
 */
public interface Store extends AutoCloseable {

  /** Mailboxes and their messages. */
  MailStore mail();

  /** Accepted mail whose run is not committed. */
  Spool spool();

  /** Mail on its way to other hosts. */
  OutboundQueue outbound();

  /** Domains, accounts, aliases. */
  DirectoryRows directory();

  /** Fates. */
  Ledger ledger();

  /** What plugins remember. */
  StateRows state();

  /**
   * Octets of new content that can be taken before a commit comes to {@link CommitResult.Full}; 0
   * when there is no room, {@link Long#MAX_VALUE} where no limit is known. A recent figure, not a
   * promise: others take from it too. Answers from memory, so that every MAIL may ask.
   */
  long room();

  /** A place for content that is about to be received. */
  ContentDraft draft();

  /**
   * The octets of a stored message. Readable while some entry of the store holds the message or the
   * reader has the stream open.
   */
  Content open(StoredMessage message);

  /**
   * Makes a batch durable; returns when it is on stable storage. Concurrent batches share one sync.
   * Batches that touch the same entries take effect in the order in which commits return.
   */
  CommitResult commit(Batch batch);

  /** Adds somebody who is told of changes after they are committed. */
  void watch(StoreWatcher watcher);

  /** Ends waiting commits, syncs and releases the lock. */
  @Override
  void close();
}
