package dev.postrider.protocol.pop3;

import dev.postrider.kernel.intake.LoginResult;
import dev.postrider.kernel.mailbox.MailboxAccess;
import dev.postrider.kernel.mailbox.MailboxAccess.Maildrop;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Text;
import dev.postrider.protocol.line.Conversation;
import dev.postrider.protocol.line.Exchange;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for one connection and holds the mailbox it locked. */
final class Pop3Conversation implements Conversation<Pop3Question, Pop3Answer> {

  private static final Logger LOG = LoggerFactory.getLogger(Pop3Conversation.class);

  private final MailboxAccess mailboxes;
  private final Client client;
  private @Nullable Maildrop drop;
  private LoginResult.@Nullable LoggedIn login;

  /** The client is encrypted by the time it logs in; the session lets nobody else. */
  Pop3Conversation(MailboxAccess mailboxes, Client client) {
    this.mailboxes = mailboxes;
    this.client = client;
  }

  @Override
  public Pop3Answer answer(Pop3Question question, Exchange exchange) throws IOException {
    return switch (question) {
      case Pop3Question.LogIn(String user, String password) -> logIn(user, password);
      case Pop3Question.StillWelcome _ -> stillWelcome();
      case Pop3Question.Send send ->
          MessageSending.send(locked().open(send.message()), send, exchange.output())
              ? new Pop3Answer.Sent()
              : new Pop3Answer.Unreadable();
      case Pop3Question.Update update -> update(update);
    };
  }

  @Override
  public @Nullable Pop3Answer answerAtOnce(Pop3Question question) {
    return question instanceof Pop3Question.StillWelcome ? stillWelcome() : null;
  }

  private Pop3Answer stillWelcome() {
    LoginResult.LoggedIn in = login;
    if (in != null && mailboxes.stillHolds(in)) {
      return new Pop3Answer.Welcome();
    }
    LOG.info(
        "{}: the session of {} from {} ends: its login holds no more",
        client.listener(),
        in == null ? "nobody" : in.account(),
        client.address().getHostAddress());
    close();
    return new Pop3Answer.Unwelcome();
  }

  private Pop3Answer logIn(String user, String password) {
    return switch (mailboxes.login(client, user, password)) {
      case LoginResult.LoggedIn in -> lock(in);
      case LoginResult.Denied() -> {
        log("wrong user or password", user);
        yield new Pop3Answer.Denied();
      }
      case LoginResult.NotNow() -> {
        log("login put off", user);
        yield new Pop3Answer.NotNow();
      }
    };
  }

  private Pop3Answer lock(LoginResult.LoggedIn in) {
    EmailAddress account = in.account();
    Optional<Maildrop> lock = mailboxes.lock(MailboxName.inbox(account));
    if (lock.isEmpty()) {
      log("mailbox in use", account.toString());
      return new Pop3Answer.InUse();
    }
    drop = lock.get();
    login = in;
    Listing listing = Listing.of(drop.messages(), drop.uidValidity());
    LOG.info(
        "{}: {} logged in from {}, {} messages",
        client.listener(),
        account,
        client.address().getHostAddress(),
        listing.count());
    return new Pop3Answer.LoggedIn(listing);
  }

  private Pop3Answer update(Pop3Question.Update update) {
    try {
      return locked().expunge(update.uids())
          ? new Pop3Answer.Updated()
          : new Pop3Answer.NotUpdated();
    } finally {
      // Before the reply: a client may come back as soon as it has read it.
      close();
    }
  }

  private Maildrop locked() {
    Maildrop held = drop;
    if (held == null) {
      throw new IllegalStateException("a question about a mailbox before a login");
    }
    return held;
  }

  private void log(String what, String user) {
    LOG.info(
        "{}: {} from {}: {}",
        client.listener(),
        what,
        client.address().getHostAddress(),
        Text.shown(user));
  }

  @Override
  public void close() {
    Maildrop held = drop;
    drop = null;
    if (held != null) {
      held.close();
    }
  }
}
