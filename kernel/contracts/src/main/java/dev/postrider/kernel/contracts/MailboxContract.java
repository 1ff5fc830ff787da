package dev.postrider.kernel.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store does with mailboxes. */
public interface MailboxContract extends StoreUnderTest {

  /** RFC 9051 §2.3.1.1. */
  @Test
  default void uidsGrowFromOneInTheOrderOfTheAppends() {
    commit(Samples.append(Samples.ALICE, "one"), Samples.append(Samples.ALICE, "two"));
    commit(Samples.append(Samples.ALICE, "three"));

    List<MailboxMessage> messages = Samples.inbox(store(), Samples.ALICE);

    assertThat(messages).extracting(MailboxMessage::uid).containsExactly(1L, 2L, 3L);
    assertThat(messages)
        .extracting(message -> Samples.text(store(), message.message()))
        .containsExactly("one", "two", "three");
  }

  @Test
  default void flagsAndInternalDateAreKeptToTheNanosecond() {
    Instant arrived = Instant.parse("2026-02-03T04:05:06.123456789Z");
    MailboxName inbox = MailboxName.inbox(Samples.ALICE);
    commit(new Change.Append(inbox, Samples.fresh("x"), arrived, Set.of("\\Seen", "$Forwarded")));

    MailboxMessage message = Samples.inbox(store(), Samples.ALICE).getFirst();

    assertThat(message.arrivedAt()).isEqualTo(arrived);
    assertThat(message.flags()).containsExactlyInAnyOrder("\\Seen", "$Forwarded");
    assertThat(message.message().size()).isEqualTo(1);
  }

  @Test
  default void aUidIsNeverUsedAgainEvenWhenTheNewestMessageIsExpunged() {
    commit(Samples.append(Samples.ALICE, "one"), Samples.append(Samples.ALICE, "two"));
    commit(new Change.Expunge(MailboxName.inbox(Samples.ALICE), Set.of(1L, 2L)));
    assertThat(Samples.inbox(store(), Samples.ALICE)).isEmpty();

    commit(Samples.append(Samples.ALICE, "three"));

    assertThat(Samples.inbox(store(), Samples.ALICE))
        .extracting(MailboxMessage::uid)
        .containsExactly(3L);
  }

  @Test
  default void expungingWhatIsGoneIsNoError() {
    commit(new Change.Expunge(MailboxName.inbox(Samples.ALICE), Set.of(7L)));
    commit(Samples.append(Samples.ALICE, "one"));
    commit(new Change.Expunge(MailboxName.inbox(Samples.ALICE), Set.of(7L)));

    assertThat(Samples.inbox(store(), Samples.ALICE)).hasSize(1);
  }

  @Test
  default void mailboxesOfAnAccountAreListedByNameAndApartFromOthers() {
    commit(
        Samples.append(new MailboxName(Samples.ALICE, "Work/2026"), Samples.fresh("1")),
        Samples.append(new MailboxName(Samples.ALICE, "Archive"), Samples.fresh("2")),
        Samples.append(Samples.ALICE, "3"),
        Samples.append(Samples.BOB, "4"));

    assertThat(store().mail().mailboxes(Samples.ALICE))
        .extracting(MailboxName::folder)
        .containsExactly("Archive", "INBOX", "Work/2026");
    assertThat(store().mail().mailboxes(Samples.BOB)).hasSize(1);
    assertThat(Samples.inbox(store(), Samples.BOB)).hasSize(1);
  }

  @Test
  default void aMailboxThatDoesNotExistIsEmptyAndHasNoUidValidity() {
    MailboxName nowhere = new MailboxName(Samples.ALICE, "Nowhere");

    assertThat(store().mail().messages(nowhere)).isEmpty();
    assertThat(store().mail().uidValidity(nowhere)).isZero();
    assertThat(store().mail().mailboxes(Samples.ALICE)).isEmpty();
  }

  @Test
  default void aMailboxMadeAnewHasAnotherUidValidity() {
    MailboxName inbox = MailboxName.inbox(Samples.ALICE);
    commit(
        new Change.PutAccount(new Account(Samples.ALICE, "hash", true)),
        Samples.append(Samples.ALICE, "old"));
    long first = store().mail().uidValidity(inbox);
    commit(Samples.append(Samples.ALICE, "old too"));
    assertThat(store().mail().uidValidity(inbox)).isEqualTo(first).isPositive();

    commit(new Change.RemoveAccount(Samples.ALICE));
    assertThat(store().mail().mailboxes(Samples.ALICE)).isEmpty();
    commit(Samples.append(Samples.ALICE, "new"));

    assertThat(store().mail().uidValidity(inbox)).isPositive().isNotEqualTo(first);
    assertThat(Samples.inbox(store(), Samples.ALICE))
        .extracting(message -> Samples.text(store(), message.message()))
        .containsExactly("new");
  }

  @Test
  default void removingAnAccountRemovesWhatTheSameBatchPutThere() {
    commit(
        Samples.append(Samples.ALICE, "one"),
        new Change.RemoveAccount(Samples.ALICE),
        Samples.append(Samples.BOB, "two"));

    assertThat(store().mail().mailboxes(Samples.ALICE)).isEmpty();
    assertThat(Samples.inbox(store(), Samples.BOB)).hasSize(1);
  }

  /** RFC 6851 §3.3. */
  @Test
  default void movedMessagesGetTheNextUidsInTheirOrderAndKeepTheRest() {
    Instant arrived = Instant.parse("2026-02-03T04:05:06.123456789Z");
    MailboxName inbox = MailboxName.inbox(Samples.ALICE);
    MailboxName junk = new MailboxName(Samples.ALICE, "Junk");
    commit(
        Samples.append(junk, Samples.fresh("there before")),
        new Change.Append(inbox, Samples.fresh("one"), arrived, Set.of("\\Seen")),
        Samples.append(Samples.ALICE, "two"),
        Samples.append(Samples.ALICE, "three"));

    commit(move(inbox, junk, 3, 1));

    assertThat(Samples.inbox(store(), Samples.ALICE))
        .extracting(message -> message.uid() + Samples.text(store(), message.message()))
        .containsExactly("2two");
    assertThat(store().mail().messages(junk))
        .extracting(message -> message.uid() + Samples.text(store(), message.message()))
        .containsExactly("1there before", "2one", "3three");
    MailboxMessage one = store().mail().messages(junk).get(1);
    assertThat(one.arrivedAt()).isEqualTo(arrived);
    assertThat(one.flags()).containsExactly("\\Seen");
  }

  @Test
  default void aMessageIsMovedByOneOnly() {
    MailboxName inbox = MailboxName.inbox(Samples.ALICE);
    MailboxName junk = new MailboxName(Samples.ALICE, "Junk");
    commit(Samples.append(Samples.ALICE, "one"), Samples.append(Samples.ALICE, "two"));
    commit(move(inbox, junk, 1));

    assertConflict(move(inbox, junk, 1, 2));
    assertConflict(move(inbox, junk, 2), move(inbox, junk, 2));
    assertConflict(new Change.Expunge(inbox, Set.of(2L)), move(inbox, junk, 2));

    assertThat(Samples.inbox(store(), Samples.ALICE)).hasSize(1);
    assertThat(store().mail().messages(junk)).hasSize(1);
  }

  @Test
  default void aMoveFromAMailboxThatWasMadeAnewIsAConflict() {
    MailboxName inbox = MailboxName.inbox(Samples.ALICE);
    commit(
        new Change.PutAccount(new Account(Samples.ALICE, "hash", true)),
        Samples.append(Samples.ALICE, "old"));
    Change.Move move = move(inbox, new MailboxName(Samples.ALICE, "Junk"), 1);
    assertConflict(new Change.RemoveAccount(Samples.ALICE), move);
    commit(new Change.RemoveAccount(Samples.ALICE));
    assertConflict(move);
    commit(Samples.append(Samples.ALICE, "new"));

    assertConflict(move);

    assertThat(Samples.inbox(store(), Samples.ALICE)).hasSize(1);
  }

  @Test
  default void aMoveWithinAMailboxGivesANewUidAndABatchGoesOnWithIt() {
    MailboxName inbox = MailboxName.inbox(Samples.ALICE);
    commit(Samples.append(Samples.ALICE, "one"));

    commit(move(inbox, inbox, 1), Samples.append(Samples.ALICE, "two"));
    commit(move(inbox, new MailboxName(Samples.ALICE, "Work"), 3));

    assertThat(Samples.inbox(store(), Samples.ALICE))
        .extracting(message -> message.uid() + Samples.text(store(), message.message()))
        .containsExactly("2one");
  }

  private Change.Move move(MailboxName from, MailboxName to, long... uids) {
    TreeSet<Long> which = new TreeSet<>();
    LongStream.of(uids).forEach(which::add);
    return new Change.Move(from, store().mail().uidValidity(from), which, to);
  }

  private void assertConflict(Change... changes) {
    assertThat(store().commit(Batch.of(changes))).isInstanceOf(CommitResult.Conflict.class);
  }
}
