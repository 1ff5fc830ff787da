package dev.postrider.kernel.mailbox;

import dev.postrider.kernel.directory.Authenticator;
import dev.postrider.kernel.intake.LoginResult;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Content;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mailboxes of the store of this process. Locks live in memory: the store's folder belongs to one
 * process, so no other can hold one.
 */
public final class LocalMailboxAccess implements MailboxAccess {

  private static final Logger LOG = LoggerFactory.getLogger(LocalMailboxAccess.class);

  private final Store store;
  private final Authenticator authenticator;
  private final Set<MailboxName> locked = ConcurrentHashMap.newKeySet();

  /** All sessions of a server share one, else locks mean nothing. */
  public LocalMailboxAccess(Store store, Authenticator authenticator) {
    this.store = store;
    this.authenticator = authenticator;
  }

  @Override
  public LoginResult login(Client client, String user, String password) {
    return authenticator.login(client, user, password);
  }

  @Override
  public boolean stillHolds(LoginResult.LoggedIn login) {
    return authenticator.holds(login);
  }

  @Override
  public Optional<Maildrop> lock(MailboxName mailbox) {
    if (!locked.add(mailbox)) {
      return Optional.empty();
    }
    try {
      List<MailboxMessage> messages = List.copyOf(store.mail().messages(mailbox));
      return Optional.of(new LockedMaildrop(mailbox, messages, store.mail().uidValidity(mailbox)));
    } catch (RuntimeException | Error e) {
      locked.remove(mailbox);
      throw e;
    }
  }

  private final class LockedMaildrop implements Maildrop {

    private final MailboxName mailbox;
    private final List<MailboxMessage> messages;
    private final long uidValidity;
    private boolean closed;

    LockedMaildrop(MailboxName mailbox, List<MailboxMessage> messages, long uidValidity) {
      this.mailbox = mailbox;
      this.messages = messages;
      this.uidValidity = uidValidity;
    }

    @Override
    public List<MailboxMessage> messages() {
      return messages;
    }

    @Override
    public long uidValidity() {
      return uidValidity;
    }

    @Override
    public Content open(MailboxMessage message) {
      return store.open(message.message());
    }

    @Override
    public boolean expunge(Set<Long> uids) {
      // In a mailbox that was made anew meanwhile these uids name other messages.
      return uids.isEmpty()
          || store.mail().uidValidity(mailbox) != uidValidity
          || commit(new Change.Expunge(mailbox, uids));
    }

    private boolean commit(Change change) {
      return switch (store.commit(Batch.of(change))) {
        case CommitResult.Committed() -> true;
        case CommitResult.Conflict(String what) -> failed(what);
        case CommitResult.Full(String reason) -> failed(reason);
        case CommitResult.Failed(String reason) -> failed(reason);
        case CommitResult.Unclear(String reason) -> failed(reason);
      };
    }

    private boolean failed(String reason) {
      LOG.warn("Messages of {} were not removed: {}", mailbox, reason);
      return false;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        locked.remove(mailbox);
      }
    }
  }
}
