package dev.postrider.protocol.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.kernel.bounce.DeliveryReports;
import dev.postrider.kernel.contracts.MemoryStore;
import dev.postrider.kernel.dns.MxRouting;
import dev.postrider.kernel.dns.OwnHost;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.outbound.Courier;
import dev.postrider.kernel.outbound.OutboundPolicy;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.port.Ids;
import dev.postrider.kernel.port.TimeOrderedIds;
import dev.postrider.kernel.port.Timers;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.ContentId;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import dev.postrider.protocol.line.ClientTls;
import dev.postrider.protocol.line.EventLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CourierOverSocketsTest {

  private static final int MAILS = 400;

  private final InstantSource clock = InstantSource.system();
  private final Ids ids = new TimeOrderedIds(clock, new Random(3));
  private final MemoryStore store = new MemoryStore();

  /** An address needs no lookup. */
  private static final class NoNames implements Dns {
    @Override
    public DnsAnswer<MxRecord> mx(String domain) {
      return new DnsAnswer.NoSuchName<>();
    }

    @Override
    public DnsAnswer<InetAddress> addresses(String host) {
      return new DnsAnswer.NoSuchName<>();
    }

    @Override
    public DnsAnswer<String> txt(String name) {
      return new DnsAnswer.NoSuchName<>();
    }

    @Override
    public DnsAnswer<String> reverse(InetAddress address) {
      return new DnsAnswer.NoSuchName<>();
    }
  }

  private void queue(int number, int port) {
    Instant now = clock.instant();
    Envelope envelope =
        Envelope.of(
            ReversePath.parse("alice@client.test"),
            List.of(Recipient.of(EmailAddress.parse("u" + number + "@peer.test"))));
    QueueEntry entry =
        new QueueEntry(
            ids.next(),
            "m" + number,
            new Route.SmartHost("127.0.0.1", port, Optional.empty(), false),
            "127.0.0.1:" + port,
            envelope,
            new StoredMessage("", new ContentId(""), 0, 0),
            now,
            now,
            now.plus(Duration.ofDays(1)),
            0,
            false,
            "",
            Optional.empty(),
            0,
            Optional.empty());
    byte[] mail = ("Subject: " + number + "\r\n\r\nbody\r\n").getBytes(StandardCharsets.US_ASCII);
    store.commit(
        Batch.of(new Change.Enqueue(entry, new NewMessage.Fresh("", Content.of(mail), 0))));
  }

  @Test
  void everyMailOfABurstArrivesExactlyOnce() throws IOException, InterruptedException {
    try (EventLoops loops = EventLoops.start(1);
        StrictSink sink = new StrictSink(false, "PIPELINING");
        ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(1)) {
      Timers timers =
          (delay, task) -> {
            var planned =
                clockwork.schedule(
                    () -> loops.questions().execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> planned.cancel(false);
          };
      Courier courier =
          new Courier(
              store,
              new NettySmtpTransport(
                  loops,
                  ClientTls.opportunistic(),
                  ClientTls.verified(),
                  ClientTimeouts.all(Duration.ofSeconds(20))),
              new MxRouting(
                  new NoNames(),
                  OwnHost.of("client.test", List.of(), List.of()),
                  25,
                  false,
                  new Random(1)),
              new DeliveryReports("client.test", clock, ids),
              OutboundPolicy.defaults(),
              "client.test",
              clock,
              timers,
              loops.questions(),
              new Random(2),
              ids);
      int port = sink.address().getPort();
      for (int i = 0; i < MAILS / 2; i++) {
        queue(i, port);
      }
      courier.start();
      for (int i = MAILS / 2; i < MAILS; i++) {
        queue(i, port);
      }

      await().atMost(Duration.ofSeconds(20)).until(() -> store.outbound().count() == 0);
      courier.stop(Duration.ofSeconds(5));

      Set<String> arrived = new HashSet<>();
      sink.mails.forEach(each -> arrived.add(new String(each, StandardCharsets.US_ASCII)));
      assertThat(sink.mails).hasSize(MAILS);
      assertThat(arrived).hasSize(MAILS);
      assertThat(store.ledger().since(Instant.EPOCH, MAILS * 2))
          .hasSize(MAILS)
          .allMatch(each -> each.fate() == Fate.RELAYED);
      assertThat(courier.connections()).isZero();
    }
  }
}
