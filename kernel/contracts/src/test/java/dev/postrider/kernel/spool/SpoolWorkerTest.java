package dev.postrider.kernel.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.intake.Platform;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.ContentId;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpoolWorkerTest {
  private final Platform platform = new Platform();

  @AfterEach
  void close() {
    platform.close();
  }

  private void spool(String id, Optional<String> held, String... recipients) {
    platform.put(
        new Change.Spool(
            new SpoolEntry(
                id,
                Client.local(),
                Platform.envelope("alice@example.test", recipients),
                new StoredMessage("", new ContentId(""), 0, 0),
                Map.of(),
                "root",
                platform.time.instant(),
                0,
                platform.time.instant(),
                held),
            new NewMessage.Fresh(
                "", Content.of(Platform.TEXT.getBytes(StandardCharsets.US_ASCII)), 0)));
  }

  private void settled() {
    Platform.until(() -> platform.spool().isEmpty() && platform.inFlight.count() == 0);
  }

  @Test
  void whatWasThereBeforeTheStartIsRun() {
    spool("m1", Optional.empty(), "bob@example.test");
    spool("m2", Optional.empty(), "alice@example.test");

    platform.worker.start();

    settled();
    assertThat(platform.mailbox("bob@example.test")).hasSize(1);
    assertThat(platform.mailbox("alice@example.test")).hasSize(1);
  }

  @Test
  void mailThatWasRunWhenTheServerDiedIsRunAloneAndBeforeAllOthers() {
    List<String> order = new CopyOnWriteArrayList<>();
    platform.first(
        mail -> {
          order.add(mail.id() + " " + platform.notes.all());
          return Outcome.next(mail);
        },
        "bob@example.test");
    spool("m1", Optional.empty(), "bob@example.test");
    spool("m2", Optional.empty(), "bob@example.test");
    platform.notes.began("m2", 2);
    platform.notes.began("gone", 2);

    platform.worker.start();

    settled();
    assertThat(platform.mailbox("bob@example.test")).hasSize(2);
    assertThat(order).containsExactly("m2 {m2=3}", "m1 {m1=1}");
    assertThat(platform.notes.all()).isEmpty();
  }

  @Test
  void mailWhoseRunTakesTheServerDownEachTimeIsHeldAndCanBeReleased() {
    spool("m1", Optional.empty(), "bob@example.test");
    spool("m2", Optional.empty(), "alice@example.test");
    platform.notes.began("m1", 3);

    platform.worker.start();

    Platform.until(() -> platform.mailbox("alice@example.test").size() == 1);
    assertThat(platform.mailbox("bob@example.test")).isEmpty();
    assertThat(platform.spool().getFirst().held().orElseThrow())
        .contains("the server died 3 times while this mail was run");
    Platform.until(() -> platform.inFlight.count() == 0);
    assertThat(platform.notes.all()).isEmpty();

    platform.desk.release("m1", Optional.empty());

    settled();
    assertThat(platform.mailbox("bob@example.test")).hasSize(1);
  }

  @Test
  void whatComesLaterIsRunAtOnceInOneBatchWithTheEndOfItsEntry() {
    platform.worker.start();

    spool("m1", Optional.empty(), "bob@example.test");

    settled();
    assertThat(platform.kindsOfLastBatch()).containsExactly("Append", "RecordFate", "Unspool");
    assertThat(platform.mailbox("bob@example.test").getFirst()).endsWith(Platform.TEXT);
  }

  @Test
  void editedHeadersOfASpooledMailShareItsContent() {
    platform.first(
        mail -> Outcome.next(mail.withHeaders(all -> all.withFirst(HeaderField.of("X-A", "b")))),
        "bob@example.test");
    platform.worker.start();

    spool("m1", Optional.empty(), "bob@example.test", "alice@example.test");

    settled();
    assertThat(platform.store.contentCount()).isEqualTo(1);
    assertThat(platform.mailbox("bob@example.test").getFirst())
        .endsWith("Delivered-To: bob@example.test\r\nX-A: b\r\n" + Platform.TEXT);
  }

  @Test
  void deferredMailIsRunAgainLaterAndLaterAndIsReportedInTheEnd() {
    AtomicInteger runs = new AtomicInteger();
    platform.first(
        mail -> {
          runs.incrementAndGet();
          return new Outcome.Refuse(Status.temporary("4.7.1", "not yet"));
        },
        "bob@example.test");
    platform.worker.start();
    spool("m1", Optional.empty(), "bob@example.test");
    Platform.until(() -> runs.get() == 1 && platform.inFlight.count() == 0);
    assertThat(platform.spool().getFirst().attempts()).isEqualTo(1);

    platform.time.advance(Duration.ofSeconds(70));
    Platform.until(() -> runs.get() == 2 && platform.inFlight.count() == 0);
    assertThat(platform.spool().getFirst().attempts()).isEqualTo(2);
    assertThat(platform.spool().getFirst().id()).isEqualTo("m1");

    platform.time.advance(Duration.ofDays(5));
    settled();
    assertThat(platform.fates()).anyMatch(fate -> fate.startsWith("bob@example.test EXPIRED"));
    assertThat(platform.mailbox("alice@example.test").getFirst())
        .contains("Status: 5.4.7", "multipart/report");
  }

  @ParameterizedTest
  @CsvSource({"sender.other, 1", "sender.forged, 0"})
  void aSenderWhoIsShownToBeForgedGetsNoReport(String attribute, int reports) {
    platform.first(
        mail ->
            Outcome.done(
                new Effect.Bounce(
                    mail.withAttribute(attribute, "spf"), Status.permanent("5.7.1", "no"))),
        "bob@example.test");
    platform.worker.start();

    spool("m1", Optional.empty(), "bob@example.test");

    settled();
    assertThat(platform.fates()).anyMatch(fate -> fate.startsWith("bob@example.test BOUNCED"));
    assertThat(platform.mailbox("alice@example.test")).hasSize(reports);
  }

  @ParameterizedTest
  @CsvSource({"sender.other, ''", "sender.forged, NEVER"})
  void norOfMailThatAnAliasSendsOn(String attribute, String notify) {
    platform.alias("away@example.test", "bob@remote.example");
    platform.first(mail -> Outcome.next(mail.withAttribute(attribute, "spf")), "away@example.test");
    platform.worker.start();

    spool("m1", Optional.empty(), "away@example.test");

    settled();
    assertThat(platform.store.outbound().list("", 10))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.envelope().recipients()).hasToString("[bob@remote.example]");
              assertThat(entry.envelope().recipients().getFirst().notifyOn())
                  .hasToString("[" + notify + "]");
            });
  }

  @Test
  void aFailedCommitLeavesTheEntryAndIsTriedAgainLater() {
    spool("m1", Optional.empty(), "bob@example.test");
    platform.store.failNextCommit(new CommitResult.Full("no space"));
    platform.worker.start();
    Platform.until(
        () -> {
          platform.time.advance(Duration.ofSeconds(30));
          return platform.spool().isEmpty();
        });
    assertThat(platform.mailbox("bob@example.test")).hasSize(1);
  }

  @Test
  void heldMailWaitsForItsReleaseAndThenPassesTheEntryThatHeldIt() {
    platform.first(mail -> new Outcome.Hold("look at it"), "bob@example.test");
    platform.worker.start();
    spool("m1", Optional.empty(), "bob@example.test");
    Platform.until(
        () ->
            platform.desk.entry("m1").filter(each -> each.held().isPresent()).isPresent()
                && platform.inFlight.count() == 0);
    assertThat(platform.mailbox("bob@example.test")).isEmpty();

    assertThat(platform.desk.release("m1", Optional.empty()))
        .isEqualTo(new SpoolDesk.Answer.Done());

    settled();
    assertThat(platform.mailbox("bob@example.test")).hasSize(1);
  }

  @Test
  void theDeskHoldsRetriesRemovesAndSaysWhatIsNotThere() {
    SpoolDesk desk = platform.desk;
    spool("m1", Optional.empty(), "bob@example.test");

    assertThat(desk.hold("m1", "by hand")).isEqualTo(new SpoolDesk.Answer.Done());
    assertThat(desk.entry("m1").orElseThrow().held()).contains("by hand");
    assertThat(desk.retry("m1")).isEqualTo(new SpoolDesk.Answer.Done());
    assertThat(desk.list("", 10)).hasSize(1);
    assertThat(desk.remove("m1", "by the admin")).isEqualTo(new SpoolDesk.Answer.Done());
    assertThat(desk.remove("m1", "again")).isEqualTo(new SpoolDesk.Answer.NotThere());
    assertThat(platform.fates())
        .containsExactly("bob@example.test HELD by hand", "bob@example.test REMOVED by the admin");
    assertThat(platform.store.contentCount()).isZero();
  }

  private void waitsInside(CountDownLatch inside, CountDownLatch go) {
    platform.first(
        mail -> {
          inside.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return Outcome.next(mail);
        },
        "bob@example.test");
  }

  @Test
  void aStopThatLeavesARunBehindDoesNotCountAsADeathOfItsMail() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    waitsInside(inside, go);
    platform.worker.start();
    spool("m1", Optional.empty(), "bob@example.test");
    inside.await();
    assertThat(platform.notes.all()).containsEntry("m1", 1);

    Thread.currentThread().interrupt(); // ends the waiting for the run
    platform.worker.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(platform.notes.all()).isEmpty();
    go.countDown();
    Platform.until(() -> platform.inFlight.count() == 0);
  }

  @Test
  void theDeskDoesNotTouchMailThatIsBeingRun() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    waitsInside(inside, go);
    platform.worker.start();
    spool("m1", Optional.empty(), "bob@example.test");
    inside.await();

    assertThat(platform.desk.remove("m1", "now")).isEqualTo(new SpoolDesk.Answer.Busy());

    go.countDown();
    settled();
    assertThat(platform.mailbox("bob@example.test")).hasSize(1);
  }

  @Test
  void aStoppedWorkerBeginsNothing() {
    platform.worker.start();
    platform.worker.close();

    spool("m1", Optional.empty(), "bob@example.test");

    platform.time.advance(Duration.ofHours(1));
    assertThat(platform.spool()).hasSize(1);
  }

  @Test
  void manyMailsAreRunByAFewAtATimeEachOnce() {
    for (int i = 0; i < 300; i++) {
      spool("m" + i, Optional.empty(), "bob@example.test");
    }
    platform.worker.start();

    settled();
    assertThat(platform.mailbox("bob@example.test")).hasSize(300);
  }

  @Test
  void whatGoesAlongWithADeferralIsDoneOnceHoweverManyRunsItTakes() {
    AtomicInteger runs = new AtomicInteger();
    platform.first(
        mail -> runs.incrementAndGet() < 4 ? new Outcome.Defer("not yet") : Outcome.next(mail),
        "bob@example.test");
    platform.first(
        mail ->
            new Outcome.Continue(
                mail,
                List.of(
                    new Effect.Deliver(
                        mail.withRecipients(List.of(Platform.recipient("alice@example.test"))),
                        "INBOX"))),
        "bob@example.test");
    platform.worker.start();
    spool("m1", Optional.empty(), "bob@example.test");
    Platform.until(() -> runs.get() == 1 && platform.inFlight.count() == 0);
    assertThat(platform.spool().getFirst().attempts()).isEqualTo(1);
    assertThat(platform.mailbox("alice@example.test")).isEmpty();

    for (int run = 2; run <= 4; run++) {
      int expected = run;
      assertThat(platform.desk.retry("m1")).isEqualTo(new SpoolDesk.Answer.Done());
      Platform.until(() -> runs.get() == expected && platform.inFlight.count() == 0);
    }

    settled();
    assertThat(runs).hasValue(4);
    assertThat(platform.mailbox("alice@example.test")).hasSize(1);
    assertThat(platform.mailbox("bob@example.test")).hasSize(1);
  }

  /** Octets that can be read once. */
  private record Fleeting(AtomicInteger readers) implements Content {
    @Override
    public long size() {
      return 4;
    }

    @Override
    public InputStream open(long offset) {
      if (readers.incrementAndGet() > 1) {
        throw new IllegalStateException("it is gone");
      }
      return new ByteArrayInputStream("a: b".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void mailWhoseRunFailsForNoFaultOfAPluginIsHeldAndTheLedgerSaysSo() throws IOException {
    Message fleeting = Message.read(new Fleeting(new AtomicInteger()));
    platform.processor(
        "root",
        mail ->
            new Outcome.Done(
                List.of(
                    new Effect.Emit(mail.withMessage(fleeting)),
                    new Effect.Deliver(mail, "INBOX"))));
    platform.worker.start();

    spool("m1", Optional.empty(), "bob@example.test");

    Platform.until(
        () ->
            platform.desk.entry("m1").filter(each -> each.held().isPresent()).isPresent()
                && platform.inFlight.count() == 0);
    assertThat(platform.mailbox("bob@example.test")).isEmpty();
    assertThat(platform.fates())
        .singleElement()
        .asString()
        .startsWith("bob@example.test HELD its run failed")
        .endsWith("it is gone");
  }

  @Test
  void mailHeldForAFaultGoesOnWhereAPluginFailedOnceItIsReleased() {
    AtomicInteger faults = new AtomicInteger(2);
    platform.first(
        mail -> {
          if (faults.getAndDecrement() > 0) {
            throw new IllegalStateException("broken");
          }
          return Outcome.next(mail);
        },
        "bob@example.test");
    platform.worker.start();
    spool("m1", Optional.empty(), "bob@example.test");

    for (int i = 1; i >= 0; i--) {
      int left = i;
      Platform.until(
          () ->
              faults.get() == left
                  && platform.desk.entry("m1").filter(each -> each.held().isPresent()).isPresent()
                  && platform.inFlight.count() == 0);
      assertThat(platform.desk.release("m1", Optional.empty()))
          .isEqualTo(new SpoolDesk.Answer.Done());
    }

    settled();
    assertThat(platform.mailbox("bob@example.test")).hasSize(1);
    assertThat(platform.fates())
        .extracting(fate -> fate.substring(0, fate.indexOf(' ', 18)))
        .containsExactly(
            "bob@example.test HELD", "bob@example.test HELD", "bob@example.test DELIVERED");
  }

  @Test
  void mailReleasedFromAProcessorThatOnlyHoldsIsNotSentThereAgain() {
    platform.processor("quarantine", mail -> new Outcome.Hold("looks like spam"));
    platform.first(
        mail -> new Outcome.GoTo(new ProcessorName("quarantine"), mail), "bob@example.test");
    platform.worker.start();
    spool("m1", Optional.empty(), "bob@example.test");
    Platform.until(
        () ->
            platform.desk.entry("m1").filter(each -> each.held().isPresent()).isPresent()
                && platform.inFlight.count() == 0);

    platform.desk.release("m1", Optional.empty());

    settled();
    assertThat(platform.mailbox("bob@example.test")).hasSize(1);
    spool("m2", Optional.empty(), "bob@example.test");
    Platform.until(
        () -> platform.desk.entry("m2").filter(each -> each.held().isPresent()).isPresent());
  }
}
