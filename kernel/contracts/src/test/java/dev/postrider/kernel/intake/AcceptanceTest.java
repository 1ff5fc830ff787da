package dev.postrider.kernel.intake;

import static dev.postrider.kernel.intake.Platform.TEXT;
import static dev.postrider.kernel.intake.Platform.client;
import static dev.postrider.kernel.intake.Platform.envelope;
import static dev.postrider.kernel.intake.Platform.recipient;
import static dev.postrider.kernel.intake.Platform.stranger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class AcceptanceTest extends AcceptanceFixture {

  private static final Status SPAM = Status.permanent("5.7.1", "spam");
  private static final Mailet REFUSE = mail -> new Outcome.Refuse(SPAM);
  private static final Mailet DEFER = mail -> new Outcome.Defer("greylisted");

  private static String id(Acceptance acceptance) {
    assertThat(acceptance).isInstanceOf(Acceptance.Accepted.class);
    return ((Acceptance.Accepted) acceptance).mailId();
  }

  @Test
  void aLocalMessageIsWrittenOnceStraightIntoTheMailboxes() {
    int before = platform.store.committedBatches().size();

    String id = id(accept("alice@example.test", "bob@example.test"));

    assertThat(platform.store.committedBatches()).hasSize(before + 1);
    assertThat(platform.kindsOfLastBatch()).containsExactly("Append", "RecordFate");
    assertThat(platform.store.contentCount()).isEqualTo(1);
    assertThat(platform.mailbox("bob@example.test"))
        .containsExactly(
            "Return-Path: <s@remote.example>\r\n"
                + "Delivered-To: bob@example.test\r\n"
                + "Received: from client.example.org ([203.0.113.9])\r\n"
                + "\tby mx.example.test with ESMTP id "
                + id
                + ";\r\n\tThu, 15 Jan 2026 12:00:00 +0000\r\n"
                + TEXT);
    assertThat(platform.fates())
        .containsExactly(
            "alice@example.test DELIVERED alice@example.test/INBOX",
            "bob@example.test DELIVERED bob@example.test/INBOX");
  }

  @Test
  void oneCopyPerAccountHoweverManyRecipientsLeadThere() {
    platform.alias("team@example.test", "alice@example.test", "bob@example.test");
    platform.first(
        mail ->
            Outcome.next(mail.withHeaders(all -> all.withLast(HeaderField.of("X-Team", "yes")))),
        "team@example.test");

    accept("bob@example.test", "bob+tag@example.test", "team@example.test", "BOB@example.test");

    assertThat(platform.mailbox("bob@example.test")).hasSize(1);
    assertThat(platform.mailbox("alice@example.test")).hasSize(1);
    assertThat(platform.fates()).hasSize(4).allMatch(fate -> fate.contains("DELIVERED"));
  }

  @Test
  void relayedMailIsGroupedByDestination() {
    Client login = client("submission", "bob@example.test");
    Route smartHost = new Route.SmartHost("smart.example", 587, Optional.empty(), true);
    platform.first(mail -> Outcome.done(new Effect.Relay(mail, smartHost)), "x@c.example");

    platform.message(
        login,
        envelope("bob@example.test", "1@a.example", "2@b.example", "3@a.example", "x@c.example"),
        TEXT);

    assertThat(platform.store.outbound().list("", 10))
        .extracting(QueueEntry::destination, entry -> entry.envelope().recipients().toString())
        .containsExactlyInAnyOrder(
            tuple("a.example", "[1@a.example, 3@a.example]"),
            tuple("b.example", "[2@b.example]"),
            tuple("smart.example:587", "[x@c.example]"));
    assertThat(platform.store.contentCount()).isEqualTo(1);
    assertThat(platform.fates()).allMatch(fate -> fate.contains("QUEUED"));
  }

  @Test
  void anAliasForwardsOnceAndKnowsItsOwnMarkWhenTheMailComesBack() {
    platform.alias("away@example.test", "bob@example.test", "bob@elsewhere.example");

    accept("away@example.test");

    assertThat(platform.mailbox("bob@example.test")).hasSize(1);
    QueueEntry queued = platform.store.outbound().list("", 10).getFirst();
    assertThat(queued.destination()).isEqualTo("elsewhere.example");
    assertThat(platform.text(queued.message())).startsWith("Delivered-To: away@example.test\r\n");

    assertThat(
            platform.message(
                stranger(), envelope(SENDER, "away@example.test"), platform.text(queued.message())))
        .isEqualTo(
            new Acceptance.Refused(Status.permanent("5.4.6", "the mail goes round in a circle")));
    assertThat(platform.store.outbound().count()).isEqualTo(1);
  }

  @Test
  void whenAllRecipientsAreRefusedThePeerIsToldAndNothingIsKept() {
    platform.first(REFUSE, "bob@example.test", "alice@example.test");

    assertThat(accept("bob@example.test", "alice@example.test"))
        .isEqualTo(new Acceptance.Refused(SPAM));
    assertThat(platform.store.contentCount()).isZero();
    assertThat(platform.spool()).isEmpty();
    assertThat(platform.fates())
        .containsExactly(
            "bob@example.test REFUSED 550 5.7.1 spam", "alice@example.test REFUSED 550 5.7.1 spam");
  }

  @Test
  void aDeferralOfAllLeavesNoTraceAndItsReasonIsNotToldToThePeer() {
    int before = platform.store.committedBatches().size();
    platform.first(DEFER, "bob@example.test");

    assertThat(accept("bob@example.test")).isEqualTo(new Acceptance.Refused(DoorStatus.NOT_NOW));
    assertThat(platform.store.committedBatches()).hasSize(before);
  }

  @Test
  void mixedAnswersAreAcceptedAndTheRefusedOnesBounceInTheSameBatch() {
    platform.first(REFUSE, "bob@example.test");
    int before = platform.store.committedBatches().size();

    String id = id(accept("alice@example.test", "bob@example.test"));

    assertThat(platform.store.committedBatches()).hasSize(before + 1);
    assertThat(platform.mailbox("alice@example.test")).hasSize(1);
    SpoolEntry bounce = platform.spool().getFirst();
    assertThat(bounce.processor()).isEqualTo("bounces");
    assertThat(bounce.envelope().sender()).isEqualTo(ReversePath.NULL);
    assertThat(bounce.envelope().recipients().toString()).isEqualTo("[" + SENDER + "]");
    assertThat(platform.text(bounce.message())).contains("Final-Recipient: rfc822; bob@");
    assertThat(platform.store.ledger().of(id)).hasSize(2);
    assertThat(platform.fates()).contains("bob@example.test BOUNCED 550 5.7.1 spam");
  }

  @Test
  void theNullSenderIsToldNothing() {
    platform.first(REFUSE, "bob@example.test");

    platform.message(stranger(), envelope("<>", "alice@example.test", "bob@example.test"), TEXT);

    assertThat(platform.spool()).isEmpty();
    assertThat(platform.fates())
        .contains("bob@example.test BOUNCED 550 5.7.1 spam; nobody is to be told");
  }

  @Test
  void oneDeferredRecipientWaitsInTheSpoolUnderTheIdOfTheMail() {
    platform.first(DEFER, "bob@example.test");

    String id = id(accept("alice@example.test", "bob@example.test"));

    SpoolEntry waiting = platform.spool().getFirst();
    assertThat(waiting.id()).isEqualTo(id);
    assertThat(waiting.envelope().recipients().toString()).isEqualTo("[bob@example.test]");
    assertThat(waiting.attempts()).isEqualTo(1);
    assertThat(waiting.nextAttempt())
        .isBetween(
            platform.time.instant().plusSeconds(54), platform.time.instant().plusSeconds(66));
  }

  @Test
  void lmtpTellsEachRecipientItsOwnAnswer() {
    platform.first(REFUSE, "bob@example.test");
    platform.first(DEFER, "bob+later@example.test");

    Acceptance answer =
        platform.message(
            client("lmtp", ""),
            envelope(SENDER, "alice@example.test", "bob@example.test", "bob+later@example.test"),
            TEXT);

    assertThat(answer)
        .isEqualTo(
            new Acceptance.Accepted(
                id(answer),
                Map.of(
                    recipient("bob@example.test"),
                    SPAM,
                    recipient("bob+later@example.test"),
                    DoorStatus.NOT_NOW)));
    assertThat(platform.mailbox("alice@example.test")).hasSize(1);
    assertThat(platform.spool()).isEmpty();
  }

  @Test
  void heldAndDiscardedMailIsAccepted() {
    platform.first(mail -> new Outcome.Hold("look at it"), "bob@example.test");
    platform.first(mail -> new Outcome.Discard("unwanted"), "alice@example.test");

    id(accept("alice@example.test", "bob@example.test"));

    assertThat(platform.spool().getFirst().held()).contains("look at it");
    assertThat(platform.fates())
        .containsExactlyInAnyOrder(
            "alice@example.test DISCARDED unwanted", "bob@example.test HELD look at it");
  }

  @Test
  void anEmittedMailStartsAtRootAndAChainOfThemEnds() {
    platform.first(
        mail -> new Outcome.Done(List.of(new Effect.Emit(mail), new Effect.Deliver(mail, "INBOX"))),
        "bob@example.test");
    platform.worker.start();

    id(accept("bob@example.test"));

    Platform.until(() -> platform.spool().stream().anyMatch(each -> each.held().isPresent()));
    assertThat(platform.mailbox("bob@example.test")).hasSize(9);
  }

  @Test
  void aWantedSuccessReportIsSentForLocalDelivery() {
    Recipient curious =
        new Recipient(
            Platform.address("bob@example.test"), Set.of(Notify.SUCCESS), Optional.empty());

    platform.message(stranger(), envelope(SENDER).withRecipients(List.of(curious)), TEXT);

    assertThat(platform.text(platform.spool().getFirst().message()))
        .contains("Action: delivered", "Final-Recipient: rfc822; bob@example.test");
  }

  @Test
  void aFullOrFailingStoreNeverSaysYes() {
    platform.store.failNextCommit(new CommitResult.Full("no space"));
    platform.store.failNextCommit(new CommitResult.Failed("EIO"));
    platform.store.failNextCommit(new CommitResult.Unclear("closed"));

    assertThat(accept("bob@example.test")).isEqualTo(new Acceptance.Refused(DoorStatus.NO_SPACE));
    assertThat(accept("bob@example.test")).isEqualTo(new Acceptance.Refused(DoorStatus.NOT_NOW));
    assertThat(accept("bob@example.test")).isEqualTo(new Acceptance.Unclear());
    assertThat(DoorStatus.NO_SPACE.toString()).startsWith("452 4.3.1");
    assertThat(DoorStatus.NOT_NOW.toString()).startsWith("451 4.3.0");
    assertThat(platform.mailbox("bob@example.test")).isEmpty();
  }

  @Test
  void afterTheDeadlineTheMailIsSafeInTheSpoolAndTheRunGoesOn() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    platform.first(
        mail -> {
          inside.countDown();
          await(go);
          return Outcome.next(mail);
        },
        "bob@example.test");
    platform.worker.start();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Acceptance> answer =
          CompletableFuture.supplyAsync(() -> accept("bob@example.test"), threads);
      inside.await();
      platform.time.advance(Duration.ofSeconds(19));
      assertThat(answer).isNotDone();
      platform.time.advance(Duration.ofSeconds(1));

      String id = id(answer.join());
      assertThat(platform.spool()).extracting(SpoolEntry::id).containsExactly(id);
      assertThat(platform.mailbox("bob@example.test")).isEmpty();
      int before = platform.store.committedBatches().size();

      go.countDown();
      Platform.until(() -> platform.inFlight.count() == 0);

      assertThat(platform.spool()).isEmpty();
      assertThat(platform.mailbox("bob@example.test")).hasSize(1).first().asString().endsWith(TEXT);
      assertThat(platform.store.committedBatches()).hasSize(before + 1);
      assertThat(platform.kindsOfLastBatch()).containsExactly("Append", "RecordFate", "Unspool");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatWentAlongWithADeferralIsNotKeptWhereAnLmtpPeerComesAgain() {
    platform.first(DEFER, "bob@example.test");
    platform.first(
        mail ->
            new Outcome.Continue(
                mail,
                List.of(
                    new Effect.Deliver(
                        mail.withRecipients(List.of(recipient("alice@example.test"))), "INBOX"))),
        "bob@example.test");

    Acceptance answer =
        platform.message(client("lmtp", ""), envelope(SENDER, "bob@example.test"), TEXT);

    assertThat(answer).isEqualTo(new Acceptance.Refused(DoorStatus.NOT_NOW));
    assertThat(platform.mailbox("alice@example.test")).isEmpty();
  }
}
