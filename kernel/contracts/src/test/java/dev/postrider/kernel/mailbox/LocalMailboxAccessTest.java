package dev.postrider.kernel.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.MemoryStore;
import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.directory.Authenticator;
import dev.postrider.kernel.directory.AuthenticatorPolicy;
import dev.postrider.kernel.directory.LoginGuard;
import dev.postrider.kernel.directory.LoginGuardPolicy;
import dev.postrider.kernel.directory.PasswordHash;
import dev.postrider.kernel.guard.Offences;
import dev.postrider.kernel.mailbox.MailboxAccess.Maildrop;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalMailboxAccessTest {

  private static final MailboxName INBOX =
      MailboxName.inbox(EmailAddress.parse("bob@example.test"));

  private final MemoryStore store = new MemoryStore();
  private final VirtualTime time = new VirtualTime();
  private final LocalMailboxAccess access =
      new LocalMailboxAccess(
          store,
          new Authenticator(
              store.directory(),
              new NoPassword(),
              new LoginGuard(time, LoginGuardPolicy.defaults()),
              Offences.UNHEARD,
              time,
              AuthenticatorPolicy.defaults()));

  @Test
  void one_session_at_a_time_holds_a_mailbox() {
    Maildrop first = access.lock(INBOX).orElseThrow();

    assertThat(access.lock(INBOX)).isEmpty();
    assertThat(access.lock(MailboxName.inbox(EmailAddress.parse("alice@example.test"))))
        .isPresent();
    first.close();
    assertThat(access.lock(INBOX)).isPresent();
  }

  @Test
  void closing_twice_does_not_take_the_lock_of_the_next_session() {
    Maildrop first = access.lock(INBOX).orElseThrow();
    first.close();
    Maildrop second = access.lock(INBOX).orElseThrow();
    first.close();

    assertThat(access.lock(INBOX)).isEmpty();
    second.close();
  }

  @Test
  void a_session_sees_the_mailbox_as_it_was_and_delivery_goes_on() throws IOException {
    deliver("one");
    try (Maildrop drop = access.lock(INBOX).orElseThrow()) {
      deliver("two");

      assertThat(drop.messages()).hasSize(1);
      assertThat(drop.uidValidity()).isPositive();
      try (InputStream octets = drop.open(drop.messages().getFirst()).open()) {
        assertThat(new String(octets.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("one");
      }
    }
    assertThat(uids()).hasSize(2);
  }

  @Test
  void messages_go_in_one_commit_or_not_at_all() {
    deliver("one");
    deliver("two");
    deliver("three");
    List<Long> before = uids();
    try (Maildrop drop = access.lock(INBOX).orElseThrow()) {
      Set<Long> two = Set.of(before.get(0), before.get(2));
      for (CommitResult failure :
          List.of(
              new CommitResult.Failed("disk"),
              new CommitResult.Full("disk"),
              new CommitResult.Conflict("entry"))) {
        store.failNextCommit(failure);
        assertThat(drop.expunge(two)).isFalse();
        assertThat(uids()).isEqualTo(before);
      }
      int commits = store.committedBatches().size();
      assertThat(drop.expunge(two)).isTrue();
      assertThat(store.committedBatches()).hasSize(commits + 1);
      assertThat(uids()).containsExactly(before.get(1));
      assertThat(drop.expunge(Set.of())).isTrue();
      assertThat(store.committedBatches()).hasSize(commits + 1);
    }
  }

  @Test
  void a_mailbox_that_does_not_exist_is_an_empty_one() {
    try (Maildrop drop = access.lock(INBOX).orElseThrow()) {
      assertThat(drop.messages()).isEmpty();
    }
  }

  private List<Long> uids() {
    return store.mail().messages(INBOX).stream().map(MailboxMessage::uid).toList();
  }

  private void deliver(String text) {
    Content content = Content.of(text.getBytes(StandardCharsets.UTF_8));
    CommitResult result =
        store.commit(
            Batch.of(
                new Change.Append(
                    INBOX, new NewMessage.Fresh("", content, 0), time.instant(), Set.of())));
    assertThat(result).isEqualTo(new CommitResult.Committed());
  }

  private static final class NoPassword implements PasswordHash {
    @Override
    public String hash(String password) {
      return "";
    }

    @Override
    public boolean matches(String password, String hash) {
      return false;
    }
  }

  @Test
  void a_mailbox_made_anew_during_the_session_keeps_its_messages() {
    deliver("one");
    try (Maildrop drop = access.lock(INBOX).orElseThrow()) {
      store.commit(Batch.of(new Change.RemoveAccount(INBOX.owner())));
      deliver("of somebody else");

      assertThat(drop.expunge(Set.of(1L))).isTrue();
    }
    assertThat(uids()).hasSize(1);
  }
}
