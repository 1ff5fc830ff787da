package dev.postrider.protocol.pop3;

import dev.postrider.kernel.contracts.MemoryStore;
import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Authenticator;
import dev.postrider.kernel.directory.AuthenticatorPolicy;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.directory.LoginGuard;
import dev.postrider.kernel.directory.LoginGuardPolicy;
import dev.postrider.kernel.directory.PasswordHash;
import dev.postrider.kernel.guard.Offences;
import dev.postrider.kernel.mailbox.LocalMailboxAccess;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.protocol.line.Peer;
import dev.postrider.protocol.line.TlsFacts;
import dev.postrider.protocol.testkit.SessionPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mailboxes on the heap: bob with three messages and the password {@code secret}, alice empty. */
final class Post {

  static final EmailAddress BOB = EmailAddress.parse("bob@example.test");
  static final EmailAddress ALICE = EmailAddress.parse("alice@example.test");

  final MemoryStore store = new MemoryStore();
  final VirtualTime time = new VirtualTime();
  final LocalMailboxAccess access;

  Post() {
    commit(new Change.PutDomain(new LocalDomain("example.test")));
    commit(new Change.PutAccount(new Account(BOB, "secret", true)));
    commit(new Change.PutAccount(new Account(ALICE, "p\u00e4ss word ", true)));
    deliver(BOB, "Subject: one\r\n\r\nfirst line\r\nsecond line\r\nthird line\r\n");
    deliver(BOB, "Subject: dots\r\n\r\n.leading\r\n..two\r\n.\r\nend");
    deliver(BOB, "Subject: header only\r\n\r\n");
    access =
        new LocalMailboxAccess(
            store,
            new Authenticator(
                store.directory(),
                new PlainText(),
                new LoginGuard(time, LoginGuardPolicy.defaults()),
                Offences.UNHEARD,
                time,
                AuthenticatorPolicy.defaults()));
  }

  /** Makes it the account with this password. */
  void account(EmailAddress account, String password) {
    commit(new Change.PutAccount(new Account(account, password, true)));
  }

  void deliver(EmailAddress account, String text) {
    Content content = Content.of(text.getBytes(StandardCharsets.UTF_8));
    commit(
        new Change.Append(
            MailboxName.inbox(account),
            new NewMessage.Fresh("", content, 0),
            time.instant(),
            Set.of()));
  }

  List<Long> uids(EmailAddress account) {
    return store.mail().messages(MailboxName.inbox(account)).stream()
        .map(MailboxMessage::uid)
        .toList();
  }

  /** A session without a socket. */
  SessionPeer<Pop3State, Pop3Question, Pop3Answer> session(boolean tls) {
    return session(tls, Pop3Settings.defaults());
  }

  SessionPeer<Pop3State, Pop3Question, Pop3Answer> session(boolean tls, Pop3Settings settings) {
    InetAddress there = InetAddress.ofLiteral("192.0.2.1");
    Client client = new Client(there, "", "POP3S", "pop3", Optional.empty(), true);
    return new SessionPeer<>(
        new Pop3Session(settings, !tls), new Pop3Conversation(access, client), peer(tls));
  }

  static Peer peer(boolean tls) {
    return new Peer(
        new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 1100),
        new InetSocketAddress(InetAddress.ofLiteral("192.0.2.2"), 110),
        false,
        tls ? Optional.of(new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256")) : Optional.empty());
  }

  private void commit(Change change) {
    if (!(store.commit(Batch.of(change)) instanceof CommitResult.Committed)) {
      throw new AssertionError("not committed: " + change);
    }
  }

  private static final class PlainText implements PasswordHash {
    @Override
    public String hash(String password) {
      return password;
    }

    @Override
    public boolean matches(String password, String hash) {
      return hash.equals(password);
    }
  }
}
