package dev.postrider.kernel.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.bounce.DeliveryReports;
import dev.postrider.kernel.bounce.Reports;
import dev.postrider.kernel.contracts.MemoryStore;
import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.dns.MxRouting;
import dev.postrider.kernel.dns.OwnHost;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.ContentId;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CourierTest {

  private static final OutboundPolicy POLICY =
      new OutboundPolicy(
          25,
          false,
          20,
          3,
          5,
          List.of(Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(1)),
          Duration.ofHours(12),
          Duration.ofHours(4),
          Duration.ofSeconds(30));

  private final VirtualTime time = new VirtualTime();
  private final MemoryStore store = new MemoryStore();
  private final FakeHosts hosts = new FakeHosts();
  private final Names dns = new Names();
  private final AtomicInteger counter = new AtomicInteger();
  private final Courier courier = courier();

  /** Every domain has the exchangers mx and backup unless told otherwise. */
  private static final class Names implements Dns {
    private final Map<String, DnsAnswer<MxRecord>> exchangers = new HashMap<>();

    @Override
    public DnsAnswer<MxRecord> mx(String domain) {
      return exchangers.getOrDefault(
          domain,
          new DnsAnswer.Found<>(
              List.of(new MxRecord(10, "mx." + domain), new MxRecord(20, "backup." + domain)),
              false));
    }

    @Override
    public DnsAnswer<InetAddress> addresses(String host) {
      return new DnsAnswer.Found<>(List.of(InetAddress.ofLiteral("192.0.2.1")), false);
    }

    @Override
    public DnsAnswer<String> txt(String name) {
      return new DnsAnswer.NoData<>();
    }

    @Override
    public DnsAnswer<String> reverse(InetAddress address) {
      return new DnsAnswer.NoData<>();
    }
  }

  private Courier courier() {
    return courier(new DeliveryReports("mx.example.test", time, this::id));
  }

  private Courier courier(Reports reports) {
    OwnHost own = OwnHost.of("mx.example.test", List.of(), List.of());
    return new Courier(
        store,
        hosts,
        new MxRouting(dns, own, 25, false, new Random(1)),
        reports,
        POLICY,
        "mx.example.test",
        time,
        time,
        Runnable::run,
        new Random(7),
        this::id);
  }

  private String id() {
    return "id%08d".formatted(counter.incrementAndGet());
  }

  private static Recipient recipient(String address, Notify... kinds) {
    return new Recipient(EmailAddress.parse(address), Set.of(kinds), Optional.empty());
  }

  private String queue(String... recipients) {
    return queue(Stream.of(recipients).map(CourierTest::recipient).toList());
  }

  private String queue(List<Recipient> recipients) {
    return queue(recipients, new Route.Direct(), recipients.getFirst().address().domain());
  }

  private String queue(List<Recipient> recipients, Route route, String destination) {
    String id = id();
    Envelope envelope = Envelope.of(ReversePath.parse("alice@example.test"), recipients);
    QueueEntry entry =
        new QueueEntry(
            id,
            "m" + id,
            route,
            destination,
            envelope,
            new StoredMessage("", new ContentId(""), 0, 0),
            time.instant(),
            time.instant(),
            time.instant().plus(POLICY.expireAfter()),
            0,
            false,
            "",
            Optional.empty(),
            0);
    Content content =
        Content.of("Subject: hello\r\n\r\nbody\r\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(
            store.commit(Batch.of(new Change.Enqueue(entry, new NewMessage.Fresh("", content, 0)))))
        .isInstanceOf(CommitResult.Committed.class);
    return id;
  }

  private void run() {
    time.advance(Duration.ZERO);
  }

  private QueueEntry entry(String id) {
    return store.outbound().entry(id).orElseThrow();
  }

  private List<Fate> fates(String id) {
    return store.ledger().of("m" + id).stream().map(each -> each.fate()).toList();
  }

  private List<String> reports() throws IOException {
    List<String> out = new ArrayList<>();
    for (SpoolEntry each : store.spool().list("", 100)) {
      assertThat(each.processor()).isEqualTo("bounces");
      assertThat(each.envelope().sender().isNull()).isTrue();
      try (InputStream in = store.open(each.message()).open()) {
        out.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return out;
  }

  @Test
  void aConnectionWaitsAMomentForTheNextMailAndIsClosedThen() {
    courier.start();
    queue("bob@a.test");
    run();
    time.advance(Duration.ofSeconds(1));
    queue("carol@a.test");
    run();
    time.advance(Duration.ofSeconds(1));

    assertThat(hosts.seen)
        .containsExactly("connect mx.a.test", "mail bob@a.test", "mail carol@a.test");
    time.advance(Duration.ofSeconds(1));
    assertThat(hosts.seen).endsWith("close mx.a.test");
    assertThat(courier.connections()).isZero();
  }

  @Test
  void aHostThatLeftWhileItsConnectionWaitedGetsTheMailOverANewOne() {
    hosts.unheard = true;
    courier.start();
    queue("bob@a.test");
    run();
    hosts.breakNext("it closed the connection");
    String id = queue("carol@a.test");
    run();

    assertThat(hosts.taken).containsExactly("bob@a.test", "carol@a.test");
    assertThat(hosts.connects()).isEqualTo(2);
    assertThat(fates(id)).containsExactly(Fate.RELAYED);
  }

  @Test
  void anEndOfTheCourierEndsConnectionsThatWait() throws InterruptedException {
    courier.start();
    queue("bob@a.test");
    run();
    courier.stop(Duration.ZERO);

    assertThat(hosts.seen).endsWith("close mx.a.test");
  }

  @Test
  void mailIsHandedToTheBestExchangerAndLeavesTheQueue() {
    courier.start();
    String id = queue("bob@a.test", "carol@a.test");

    run();

    assertThat(hosts.seen).containsExactly("connect mx.a.test", "mail bob@a.test,carol@a.test");
    assertThat(store.outbound().count()).isZero();
    assertThat(fates(id)).containsExactly(Fate.RELAYED, Fate.RELAYED);
    assertThat(store.ledger().of("m" + id).getFirst().detail())
        .isEqualTo("mx.a.test: 250 2.0.0 queued as 1");
    assertThat(store.contentCount()).isZero();
  }

  @Test
  void whatWasInTheQueueBeforeTheStartIsSent() {
    queue("bob@a.test");

    courier.start();
    run();

    assertThat(hosts.taken).containsExactly("bob@a.test");
  }

  @Test
  void theNextExchangerIsTriedWhereTheFirstIsNotThere() {
    hosts.down("mx.a.test", "refused");
    courier.start();
    queue("bob@a.test");

    run();

    assertThat(hosts.seen).startsWith("connect mx.a.test", "connect backup.a.test");
    assertThat(hosts.taken).containsExactly("bob@a.test");
  }

  @Test
  void anExchangerThatDeclinesIsPassedOver() {
    hosts.declining("mx.a.test", FakeHosts.reply(554, "", "no service"));
    courier.start();
    queue("bob@a.test");

    run();

    assertThat(hosts.taken).containsExactly("bob@a.test");
  }

  @Test
  void mailBouncesWhereEveryExchangerDeclinesForGood() throws IOException {
    hosts.declining("mx.a.test", FakeHosts.reply(554, "", "no service"));
    hosts.declining("backup.a.test", FakeHosts.reply(554, "5.7.1", "go away"));
    courier.start();
    String id = queue("bob@a.test");

    run();

    assertThat(fates(id)).containsExactly(Fate.BOUNCED);
    assertThat(reports().getFirst()).contains("554 5.7.1 go away").contains("Status: 5.7.1");
  }

  @Test
  void aLoginThatFailsIsWaitedFor() {
    Route route =
        new Route.SmartHost("192.0.2.8", 587, Optional.of(new Route.Credentials("u", "p")), true);
    hosts.declining(
        "192.0.2.8", new Transport.Reply("192.0.2.8", 535, "5.7.8", "no", "AUTH PLAIN"));
    courier.start();
    String id = queue(List.of(recipient("bob@a.test")), route, "192.0.2.8:587");

    run();

    assertThat(entry(id).attempts()).isEqualTo(1);
    assertThat(entry(id).lastReply()).contains("535 5.7.8 no");
  }

  @Test
  void eachRecipientHasItsOwnFate() throws IOException {
    hosts.answer("gone@a.test", FakeHosts.reply(550, "5.1.1", "no such user"));
    hosts.answer("full@a.test", FakeHosts.reply(452, "4.2.2", "mailbox full"));
    courier.start();
    String id = queue("bob@a.test", "gone@a.test", "full@a.test");

    run();

    assertThat(fates(id)).containsExactly(Fate.RELAYED, Fate.BOUNCED);
    assertThat(entry(id).envelope().recipients()).containsExactly(recipient("full@a.test"));
    assertThat(entry(id).lastReply())
        .isEqualTo("mx.a.test: 452 4.2.2 mailbox full (in reply to RCPT TO)");
    assertThat(reports()).hasSize(1);
    assertThat(reports().getFirst())
        .contains("Final-Recipient: rfc822; gone@a.test")
        .contains("Status: 5.1.1")
        .contains("Remote-MTA: dns; mx.a.test")
        .contains("550 5.1.1 no such user")
        .doesNotContain("full@a.test");
  }

  @Test
  void oneTryIsOneBatch() {
    hosts.answer("gone@a.test", FakeHosts.reply(550, "5.1.1", "no such user"));
    hosts.answer("full@a.test", FakeHosts.reply(452, "4.2.2", "mailbox full"));
    courier.start();
    queue("bob@a.test", "gone@a.test", "full@a.test");
    int before = store.committedBatches().size();

    run();

    assertThat(store.committedBatches()).hasSize(before + 1);
    assertThat(store.committedBatches().getLast().changes())
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactly("Dequeue", "RecordFate", "RecordFate", "Spool", "Enqueue");
  }

  @Test
  void triesFollowTheScheduleWithinATenth() {
    hosts.answer("full@a.test", FakeHosts.reply(452, "4.2.2", "mailbox full"));
    courier.start();
    String id = queue("full@a.test");
    List<Duration> delays = new ArrayList<>();
    Instant last = time.instant();
    run();
    for (int i = 0; i < 5; i++) {
      Instant next = entry(id).nextAttempt();
      delays.add(Duration.between(last, next));
      time.advance(Duration.between(time.instant(), next));
      last = next;
      assertThat(entry(id).attempts()).isEqualTo(i + 2);
    }

    List<Long> nominal = List.of(120L, 600L, 3600L, 3600L, 3600L);
    for (int i = 0; i < 5; i++) {
      assertThat(delays.get(i).toSeconds())
          .isBetween((long) (nominal.get(i) * 0.89), (long) (nominal.get(i) * 1.11));
    }
    assertThat(delays.subList(2, 5)).doesNotHaveDuplicates();
  }

  @Test
  void nothingIsTriedBeforeItsTime() {
    hosts.answer("full@a.test", FakeHosts.reply(452, "4.2.2", "mailbox full"));
    courier.start();
    queue("full@a.test");
    time.advance(IdleConnections.KEPT);
    hosts.seen.clear();

    time.advance(Duration.ofSeconds(100));
    assertThat(hosts.seen).isEmpty();
    time.advance(Duration.ofSeconds(40));
    assertThat(hosts.seen).isNotEmpty();
  }

  @Test
  void theSenderIsToldOnceThatMailIsLate() throws IOException {
    hosts.answer("full@a.test", FakeHosts.reply(452, "4.2.2", "mailbox full"));
    courier.start();
    String id = queue("full@a.test");

    time.advance(Duration.ofHours(3));
    assertThat(reports()).isEmpty();
    time.advance(Duration.ofHours(5));

    assertThat(reports()).hasSize(1);
    assertThat(reports().getFirst())
        .contains("Action: delayed")
        .contains("452 4.2.2 mailbox full")
        .contains("Will-Retry-Until:");
    assertThat(entry(id).delayReported()).isTrue();
  }

  @Test
  void whatIsNotDeliveredInTimeBouncesOnTime() throws IOException {
    hosts.down("mx.a.test", "refused").down("backup.a.test", "refused");
    courier.start();
    String id = queue("bob@a.test");

    time.advance(Duration.ofHours(12).minusSeconds(1));
    assertThat(store.outbound().count()).isEqualTo(1);
    time.advance(Duration.ofMinutes(20));

    assertThat(store.outbound().count()).isZero();
    assertThat(fates(id)).containsExactly(Fate.EXPIRED);
    assertThat(reports().getLast()).contains("Status: 5.4.7").contains("refused");
  }

  @Test
  void aDomainThatDoesNotExistBouncesAtOnceAndOneThatIsSilentWaits() throws IOException {
    dns.exchangers.put("gone.test", new DnsAnswer.NoSuchName<>());
    dns.exchangers.put("mute.test", new DnsAnswer.Failed<>("SERVFAIL"));
    courier.start();
    String gone = queue("bob@gone.test");
    String mute = queue("bob@mute.test");

    run();

    assertThat(fates(gone)).containsExactly(Fate.BOUNCED);
    assertThat(reports().getFirst()).contains("Status: 5.1.2").contains("gone.test does not exist");
    assertThat(entry(mute).attempts()).isEqualTo(1);
  }

  @Test
  void aConnectionThatBreaksWithoutAnswerIsTriedAgain() {
    hosts.breakNext("it closed the connection");
    courier.start();
    String id = queue("bob@a.test");

    run();
    assertThat(entry(id).lastReply()).contains("it closed the connection");
    time.advance(Duration.ofMinutes(3));

    assertThat(hosts.taken).containsExactly("bob@a.test");
    assertThat(fates(id)).containsExactly(Fate.RELAYED);
  }

  @Test
  void mailsToOneDestinationShareConnectionsUpToTheLimit() {
    for (int i = 0; i < 12; i++) {
      queue("u" + i + "@a.test");
    }
    courier.start();
    run();

    assertThat(hosts.taken).hasSize(12);
    assertThat(hosts.connects()).isEqualTo(3);
  }

  @Test
  void aSessionThatThePeerEndsBetweenMailsCostsNoRetryTime() {
    hosts.mailsPerSession = 2;
    for (int i = 0; i < 5; i++) {
      queue("u" + i + "@a.test");
    }
    courier.start();
    run();

    assertThat(hosts.taken).hasSize(5);
    assertThat(store.outbound().count()).isZero();
  }

  @Test
  void aDeadHostIsNotTriedForEveryMail() {
    hosts.down("mx.dead.test", "refused").down("backup.dead.test", "refused");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ids.add(queue("u" + i + "@dead.test"));
    }
    courier.start();
    run();

    assertThat(hosts.connects()).isEqualTo(2);
    assertThat(ids).allSatisfy(id -> assertThat(entry(id).attempts()).isEqualTo(1));

    time.advance(Duration.ofHours(2));
    assertThat(hosts.connects()).isLessThan(50);

    hosts.up("mx.dead.test");
    time.advance(Duration.ofHours(2));
    assertThat(hosts.taken).hasSize(200);
  }

  @Test
  void aDeadHostDoesNotKeepOthersWaiting() {
    hosts.down("mx.dead.test", "refused").down("backup.dead.test", "refused");
    courier.start();
    queue("bob@dead.test");
    queue("bob@a.test");

    run();

    assertThat(hosts.taken).containsExactly("bob@a.test");
  }

  @Test
  void anAdminWhoMakesAnEntryDueSeesItTriedAtOnce() {
    hosts.down("mx.a.test", "refused").down("backup.a.test", "refused");
    courier.start();
    String id = queue("bob@a.test");
    run();
    hosts.up("mx.a.test");

    change(id, Optional.empty());
    run();

    assertThat(hosts.taken).containsExactly("bob@a.test");
  }

  private void change(String id, Optional<String> held) {
    QueueEntry entry = entry(id);
    CommitResult result =
        store.commit(
            Batch.of(
                Change.Dequeue.of(entry),
                new Change.Enqueue(
                    entry.waiting(time.instant(), held), new NewMessage.Kept(entry.message()))));
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
  }

  @Test
  void aHeldEntryWaitsUntilItIsReleased() {
    courier.start();
    String id = queue("bob@a.test");
    change(id, Optional.of("by an admin"));
    time.advance(Duration.ofHours(13));
    assertThat(hosts.seen).isEmpty();
    assertThat(store.outbound().count()).isEqualTo(1);

    change(id, Optional.empty());
    run();
    assertThat(hosts.taken).containsExactly("bob@a.test");
  }

  @Test
  void anEntryRemovedWhileItIsSentStaysRemovedAndItsFateIsKnown() {
    courier.start();
    String id = queue("bob@a.test", "full@a.test");
    hosts.answer("full@a.test", FakeHosts.reply(452, "4.2.2", "mailbox full"));
    hosts.whileSending(envelope -> store.commit(Batch.of(Change.Dequeue.of(entry(id)))));

    run();
    time.advance(Duration.ofHours(1));

    assertThat(store.outbound().count()).isZero();
    assertThat(fates(id)).containsExactly(Fate.RELAYED);
    assertThat(hosts.taken).containsExactly("bob@a.test");
  }

  @Test
  void anEntryHeldWhileItIsSentIsHeldForWhoIsLeft() {
    courier.start();
    String id = queue("bob@a.test", "full@a.test");
    hosts.answer("full@a.test", FakeHosts.reply(452, "4.2.2", "mailbox full"));
    hosts.whileSending(envelope -> change(id, Optional.of("by an admin")));
    run();

    assertThat(entry(id).held()).contains("by an admin");
    assertThat(entry(id).envelope().recipients()).containsExactly(recipient("full@a.test"));
    assertThat(fates(id)).containsExactly(Fate.RELAYED);
  }

  @Test
  void whatIsRetriedFromAnOldViewWhileAPartIsTakenDoesNotBringBackWhoIsServed() {
    courier.start();
    String id = queue("bob@a.test", "full@a.test");
    hosts.answer("full@a.test", FakeHosts.reply(452, "4.2.2", "mailbox full"));
    QueueEntry seen = entry(id);
    run();
    CommitResult late =
        store.commit(
            Batch.of(
                Change.Dequeue.of(seen),
                new Change.Enqueue(
                    seen.waiting(time.instant(), Optional.empty()),
                    new NewMessage.Kept(seen.message()))));
    time.advance(Duration.ofDays(1));

    assertThat(late).isInstanceOf(CommitResult.Conflict.class);
    assertThat(hosts.taken).containsOnlyOnce("bob@a.test");
  }

  @Test
  void mailIsNotSentAgainWhileTheStoreCantTakeTheResult() {
    courier.start();
    String id = queue("bob@a.test");
    store.failNextCommit(new CommitResult.Full("disk full"));
    store.failNextCommit(new CommitResult.Failed("disk gone"));

    run();
    assertThat(store.outbound().count()).isEqualTo(1);
    time.advance(Duration.ofMinutes(1));

    assertThat(store.outbound().count()).isZero();
    assertThat(hosts.taken).containsExactly("bob@a.test");
    assertThat(fates(id)).containsExactly(Fate.RELAYED);
  }

  @Test
  void afterACrashAnotherCourierGoesOnFromTheStore() throws InterruptedException {
    hosts.answer("full@a.test", FakeHosts.reply(452, "4.2.2", "mailbox full"));
    courier.start();
    String id = queue("bob@a.test", "full@a.test");
    run();
    courier.stop(Duration.ZERO);
    hosts.answer("full@a.test", FakeHosts.reply(250, "2.0.0", "ok"));

    courier().start();
    time.advance(Duration.ofMinutes(3));

    assertThat(hosts.taken).containsExactly("bob@a.test", "full@a.test");
    assertThat(fates(id)).containsExactly(Fate.RELAYED, Fate.RELAYED);
  }

  @Test
  void aStoppedCourierStartsNothing() throws InterruptedException {
    courier.start();
    courier.stop(Duration.ofSeconds(1));
    queue("bob@a.test");

    time.advance(Duration.ofHours(1));

    assertThat(hosts.seen).isEmpty();
  }

  @Test
  void aWantedSuccessReportIsOursWhereThePeerMakesNone() throws IOException {
    courier.start();
    queue(List.of(recipient("bob@a.test", Notify.SUCCESS, Notify.FAILURE)));
    queue(List.of(recipient("carol@a.test")));
    run();

    assertThat(reports()).hasSize(1);
    assertThat(reports().getFirst()).contains("Action: relayed").contains("bob@a.test");
  }

  @Test
  void aWantedSuccessReportIsThePeersWhereItTakesTheWishOver() throws IOException {
    hosts.dsn = true;
    courier.start();
    queue(List.of(recipient("bob@a.test", Notify.SUCCESS)));
    run();

    assertThat(reports()).isEmpty();
  }

  @Test
  void aFailureWithoutReportIsStillRecorded() throws IOException {
    hosts.answer("gone@a.test", FakeHosts.reply(550, "5.1.1", "no such user"));
    courier.start();
    String id = queue(List.of(recipient("gone@a.test", Notify.NEVER)));
    run();

    assertThat(reports()).isEmpty();
    assertThat(fates(id)).containsExactly(Fate.BOUNCED);
    assertThat(store.outbound().count()).isZero();
  }

  @Test
  void anAdminMayGiveUpEarlyAndTheSenderIsTold() throws IOException {
    GivingUp givingUp =
        new GivingUp(store, new DeliveryReports("mx.example.test", time, this::id), time, this::id);
    courier.start();
    String id = queue("bob@a.test");

    assertThat(givingUp.bounce(id, Status.permanent("5.7.1", "Not from here.")))
        .containsInstanceOf(CommitResult.Committed.class);
    assertThat(givingUp.bounce(id, Status.permanent("5.7.1", "Not from here."))).isEmpty();
    run();

    assertThat(hosts.seen).isEmpty();
    assertThat(fates(id)).containsExactly(Fate.BOUNCED);
    assertThat(reports().getFirst()).contains("Not from here.").contains("Status: 5.7.1");
  }

  @Test
  void anEntryThatIsReplacedInOneBatchIsTriedAtOnceThoughItsHostWasLeftAlone() {
    hosts.down("mx.a.test", "refused").down("backup.a.test", "refused");
    courier.start();
    String id = queue("bob@a.test");
    queue("carol@a.test");
    run();
    hosts.up("mx.a.test");

    change(id, Optional.empty());
    run();

    assertThat(hosts.taken).containsExactly("bob@a.test");
  }

  @Test
  void aReportThatCantBeWrittenDoesNotKeepAFailureFromBeingRecorded() {
    hosts.answer("gone@a.test", FakeHosts.reply(550, "5.1.1", "no such user"));
    courier(
            request -> {
              throw new IllegalStateException("no report today");
            })
        .start();
    String id = queue("gone@a.test");

    run();

    assertThat(fates(id)).containsExactly(Fate.BOUNCED);
    assertThat(store.outbound().count()).isZero();
  }
}
