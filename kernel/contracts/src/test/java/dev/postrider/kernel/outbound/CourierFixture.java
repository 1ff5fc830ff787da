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
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A courier on virtual time, its queue and the hosts it finds. */
abstract class CourierFixture {

  static final OutboundPolicy POLICY =
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

  final VirtualTime time = new VirtualTime();
  final MemoryStore store = new MemoryStore();
  final FakeHosts hosts = new FakeHosts();
  final Names dns = new Names();
  final AtomicInteger counter = new AtomicInteger();
  final Courier courier = courier();

  /** By which the senders of mails logged in. */
  Optional<String> appPassword = Optional.empty();

  /** Every domain has the exchangers mx and backup unless told otherwise. */
  static final class Names implements Dns {
    final Map<String, DnsAnswer<MxRecord>> exchangers = new HashMap<>();

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

  Courier courier() {
    return courier(new DeliveryReports("mx.example.test", time, this::id));
  }

  Courier courier(Reports reports) {
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

  String id() {
    return "id%08d".formatted(counter.incrementAndGet());
  }

  static Recipient recipient(String address, Notify... kinds) {
    return new Recipient(EmailAddress.parse(address), Set.of(kinds), Optional.empty());
  }

  String queue(String... recipients) {
    return queue(Stream.of(recipients).map(CourierFixture::recipient).toList());
  }

  String queue(List<Recipient> recipients) {
    return queue(recipients, new Route.Direct(), recipients.getFirst().address().domain());
  }

  String queue(List<Recipient> recipients, Route route, String destination) {
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
            0,
            appPassword);
    Content content =
        Content.of("Subject: hello\r\n\r\nbody\r\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(
            store.commit(Batch.of(new Change.Enqueue(entry, new NewMessage.Fresh("", content, 0)))))
        .isInstanceOf(CommitResult.Committed.class);
    return id;
  }

  void run() {
    time.advance(Duration.ZERO);
  }

  QueueEntry entry(String id) {
    return store.outbound().entry(id).orElseThrow();
  }

  List<Fate> fates(String id) {
    return store.ledger().of("m" + id).stream().map(each -> each.fate()).toList();
  }

  List<String> reports() throws IOException {
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

  void change(String id, Optional<String> held) {
    QueueEntry entry = entry(id);
    CommitResult result =
        store.commit(
            Batch.of(
                Change.Dequeue.of(entry),
                new Change.Enqueue(
                    entry.waiting(time.instant(), held), new NewMessage.Kept(entry.message()))));
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
  }
}
