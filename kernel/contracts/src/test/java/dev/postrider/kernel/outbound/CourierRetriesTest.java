package dev.postrider.kernel.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.bounce.NewMail;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CourierRetriesTest extends CourierFixture {

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
  void mailIsNotSentAgainWhileItsReportCantBeRead() {
    hosts.answer("nobody@a.test", FakeHosts.reply(550, "5.1.1", "nobody"));
    AtomicInteger readings = new AtomicInteger();
    courier(
            request ->
                Optional.of(
                    new NewMail(
                        Envelope.of(ReversePath.NULL, List.of(recipient("alice@example.test"))),
                        readableAfter(3, readings))))
        .start();
    String id = queue("bob@a.test", "nobody@a.test");

    run();
    time.advance(Duration.ofHours(1));

    assertThat(readings).hasValue(3);
    assertThat(hosts.taken).containsExactly("bob@a.test");
    assertThat(fates(id)).containsExactlyInAnyOrder(Fate.RELAYED, Fate.BOUNCED);
    assertThat(store.outbound().count()).isZero();
  }

  private static Content readableAfter(int times, AtomicInteger readings) {
    Content whole = Content.of("Subject: no\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return new Content() {
      @Override
      public long size() {
        return whole.size();
      }

      @Override
      public InputStream open(long offset) throws IOException {
        if (readings.incrementAndGet() < times) {
          throw new UncheckedIOException(new IOException("not now"));
        }
        return whole.open(offset);
      }
    };
  }

  @Test
  void fatesOfLaterTriesNameTheAppPassword() {
    appPassword = Optional.of("phone");
    hosts.answer("bob@a.test", FakeHosts.reply(451, "4.3.0", "later"));
    courier.start();
    String id = queue("bob@a.test");
    run();
    hosts.answer("bob@a.test", FakeHosts.reply(550, "5.1.1", "nobody"));
    time.advance(Duration.ofHours(1));

    assertThat(store.ledger().of("m" + id))
        .extracting(LedgerEntry::detail)
        .containsExactly(
            "mx.a.test: 550 5.1.1 nobody (in reply to RCPT TO),"
                + " sent with the app password 'phone'");
  }
}
