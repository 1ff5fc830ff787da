package dev.postrider.kernel.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.kernel.contracts.MemoryStore;
import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.pipeline.Patience;
import dev.postrider.kernel.port.TimeOrderedIds;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.plugin.MailboxListener;
import dev.postrider.plugin.MailboxMove;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MoveAnnouncerTest {

  private static final MailboxName INBOX = MailboxName.inbox(Samples.ALICE);
  private static final MailboxName JUNK = new MailboxName(Samples.ALICE, "Junk");
  private static final Patience SHORT = new Patience(Duration.ofMillis(100));
  private static final Patience LONG = new Patience(Duration.ofSeconds(30));

  private final MemoryStore store = new MemoryStore();
  private final VirtualTime time = new VirtualTime();
  private final MessageMoves moves =
      new MessageMoves(store, new TimeOrderedIds(time, new Random(1)), time);
  private final List<MailboxListener> listeners = new CopyOnWriteArrayList<>();
  private final List<MailboxMove> told = new CopyOnWriteArrayList<>();
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private MoveAnnouncer announcer =
      new MoveAnnouncer(store, () -> List.copyOf(listeners), time, LONG);

  @AfterEach
  void stop() throws InterruptedException {
    announcer.stop();
    store.close();
  }

  @Test
  void listenersAreToldInTheOrderOfTheCommits() {
    append("one", "two");
    listeners.add(this::note);
    announcer.start();

    assertThat(move(INBOX, JUNK, 2)).isEqualTo(new CommitResult.Committed());
    assertThat(copy(INBOX, JUNK, 1)).isEqualTo(new CommitResult.Committed());

    await().until(() -> waiting() == 0 && told.size() == 2);
    assertThat(texts).containsExactly("two", "one");
    assertThat(told).extracting(MailboxMove::copied).containsExactly(false, true);
    assertThat(told)
        .allSatisfy(
            move -> {
              assertThat(move.owner()).isEqualTo(Samples.ALICE);
              assertThat(move.from()).isEqualTo("INBOX");
              assertThat(move.to()).isEqualTo("Junk");
              assertThat(move.at()).isEqualTo(time.instant());
            });
    assertThat(store.mail().messages(INBOX)).hasSize(1);
    assertThat(store.mail().messages(JUNK)).hasSize(2);
  }

  @Test
  void whatWasNotToldIsToldAfterTheNextStart() throws InterruptedException {
    append("one");
    move(INBOX, JUNK, 1);
    assertThat(waiting()).isOne();
    listeners.add(
        move -> {
          note(move);
          throw new IllegalStateException("the disk is full");
        });
    announcer.start();
    await().until(() -> told.size() == 1);
    announcer.stop();
    assertThat(waiting()).isOne();

    listeners.clear();
    listeners.add(this::note);
    announcer = new MoveAnnouncer(store, () -> List.copyOf(listeners), time, LONG);
    announcer.start();

    await().until(() -> waiting() == 0);
    assertThat(told).extracting(MailboxMove::id).hasSize(2).containsOnly(told.getFirst().id());
  }

  @Test
  void aListenerThatFailsIsToldFiveTimesAtMost() {
    append("one");
    listeners.add(
        move -> {
          note(move);
          throw new IllegalStateException("not today");
        });
    announcer.start();
    move(INBOX, JUNK, 1);

    for (int tries = 1; tries <= 5; tries++) {
      int expected = tries;
      await()
          .until(
              () -> {
                time.advance(told.size() < expected ? Duration.ofMinutes(1) : Duration.ZERO);
                return told.size() == expected;
              });
    }
    await().until(() -> waiting() == 0);
    time.advance(Duration.ofHours(1));
    assertThat(told).hasSize(5);
  }

  @Test
  void whatFailedWaitsItsMinuteWhateverComesMeanwhile() {
    append("one", "two");
    listeners.add(
        move -> {
          note(move);
          if (texts.equals(List.of("one"))) {
            throw new IllegalStateException("not now");
          }
        });
    announcer.start();
    move(INBOX, JUNK, 1);
    await().until(() -> told.size() == 1);
    move(INBOX, JUNK, 2);
    await().until(() -> told.size() == 2 && waiting() == 1);
    assertThat(texts).containsExactly("one", "two");

    await()
        .until(
            () -> {
              time.advance(Duration.ofMinutes(1));
              return waiting() == 0;
            });
    assertThat(texts).containsExactly("one", "two", "one");
  }

  @Test
  void oneThatDoesNotComeBackIsAskedNoMoreAndKeepsNobodyUp() throws InterruptedException {
    announcer = new MoveAnnouncer(store, () -> List.copyOf(listeners), time, SHORT);
    append("one", "two", "three");
    CountDownLatch never = new CountDownLatch(1);
    List<String> hung = new CopyOnWriteArrayList<>();
    listeners.add(
        move -> {
          hung.add(move.id());
          hang(never);
        });
    listeners.add(this::note);
    announcer.start();

    move(INBOX, JUNK, 1);
    move(INBOX, JUNK, 2);
    move(INBOX, JUNK, 3);

    await().until(() -> Set.copyOf(texts).equals(Set.of("one", "two", "three")));
    await()
        .until(
            () -> {
              time.advance(Duration.ofMinutes(1));
              return waiting() == 0;
            });
    assertThat(hung).hasSize(1);
    never.countDown();
  }

  @Test
  void oneThatThrowsAnErrorKeepsNobodyUp() {
    append("one", "two");
    listeners.add(
        _ -> {
          throw new AssertionError("never");
        });
    listeners.add(this::note);
    announcer.start();

    move(INBOX, JUNK, 1);
    await().until(() -> texts.equals(List.of("one")));
    move(INBOX, JUNK, 2);

    await().until(() -> texts.equals(List.of("one", "two")));
  }

  @Test
  void whatIsRemovedMeanwhileIsNotToldOf() {
    append("one", "two");
    move(INBOX, JUNK, 1, 2);
    store.commit(Batch.of(new Change.Expunge(JUNK, Set.of(1L))));
    listeners.add(this::note);
    announcer.start();

    await().until(() -> waiting() == 0);
    assertThat(texts).containsExactly("two");
  }

  @Test
  void aThousandWaitAndTheRestIsMovedAllTheSame() {
    append("one");
    MailboxName from = INBOX;
    MailboxName to = JUNK;
    for (int i = 0; i < 1010; i++) {
      assertThat(move(from, to, i / 2 + 1)).isEqualTo(new CommitResult.Committed());
      MailboxName back = from;
      from = to;
      to = back;
    }
    assertThat(waiting()).isEqualTo(1000);
    assertThat(store.mail().messages(from)).hasSize(1);
  }

  @Test
  void aMessageThatIsGoneIsAConflictAndNothingIsNoted() {
    append("one");
    assertThat(move(INBOX, JUNK, 1, 2)).isInstanceOf(CommitResult.Conflict.class);
    assertThat(copy(INBOX, JUNK, 2)).isInstanceOf(CommitResult.Conflict.class);
    assertThat(waiting()).isZero();
    assertThat(store.mail().messages(INBOX)).hasSize(1);
  }

  private void append(String... all) {
    for (String text : all) {
      store.commit(Batch.of(Samples.append(Samples.ALICE, "Subject: x\r\n\r\n" + text)));
    }
  }

  private CommitResult move(MailboxName from, MailboxName to, long... uids) {
    return moves.move(from, store.mail().uidValidity(from), set(uids), to);
  }

  private CommitResult copy(MailboxName from, MailboxName to, long... uids) {
    return moves.copy(from, store.mail().uidValidity(from), set(uids), to);
  }

  private static TreeSet<Long> set(long... uids) {
    TreeSet<Long> out = new TreeSet<>();
    LongStream.of(uids).forEach(out::add);
    return out;
  }

  private int waiting() {
    return store.state().keys(MoveNotes.OWNER, "", "", 10_000).size();
  }

  private void note(MailboxMove move) {
    try (InputStream in = move.message().open(move.message().bodyOffset())) {
      texts.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    told.add(move);
  }

  private static void hang(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
