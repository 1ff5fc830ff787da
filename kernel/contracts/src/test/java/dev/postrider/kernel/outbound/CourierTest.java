package dev.postrider.kernel.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.service.DnsAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourierTest extends CourierFixture {

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
