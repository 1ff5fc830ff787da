package dev.postrider.kernel.intake;

import static org.awaitility.Awaitility.await;

import dev.postrider.kernel.bounce.AdminNotices;
import dev.postrider.kernel.bounce.DeliveryReports;
import dev.postrider.kernel.contracts.MemoryStore;
import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.Authenticator;
import dev.postrider.kernel.directory.AuthenticatorPolicy;
import dev.postrider.kernel.directory.Directory;
import dev.postrider.kernel.directory.DirectoryPolicy;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.directory.LoginGuard;
import dev.postrider.kernel.directory.LoginGuardPolicy;
import dev.postrider.kernel.directory.PasswordHash;
import dev.postrider.kernel.guard.AddressRates;
import dev.postrider.kernel.guard.BanPolicy;
import dev.postrider.kernel.guard.BanRows;
import dev.postrider.kernel.guard.Bans;
import dev.postrider.kernel.guard.RateLimits;
import dev.postrider.kernel.guard.SenderPolicy;
import dev.postrider.kernel.guard.SenderRateLimits;
import dev.postrider.kernel.guard.SenderRates;
import dev.postrider.kernel.guard.Senders;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.outbound.OutboundPolicy;
import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.LivePipeline;
import dev.postrider.kernel.pipeline.OnException;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.kernel.port.Ids;
import dev.postrider.kernel.port.TimeOrderedIds;
import dev.postrider.kernel.problem.Place;
import dev.postrider.kernel.spool.NotedRuns;
import dev.postrider.kernel.spool.PlanCommit;
import dev.postrider.kernel.spool.RunsInFlight;
import dev.postrider.kernel.spool.SpoolDesk;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.spool.SpoolPolicy;
import dev.postrider.kernel.spool.SpoolRun;
import dev.postrider.kernel.spool.SpoolWorker;
import dev.postrider.kernel.state.PluginStates;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.ContentDraft;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * The kernel of a server for example.test with alice and bob, on the store and the clock of tests.
 * Its pipeline delivers local recipients, relays others, unless a test says otherwise.
 */
public final class Platform implements AutoCloseable {
  public final MemoryStore store = new MemoryStore();
  public final VirtualTime time = new VirtualTime();
  public final Directory directory = new Directory(store.directory(), DirectoryPolicy.defaults());
  public final RunsInFlight inFlight = new RunsInFlight();
  public final NotedRuns notes = new NotedRuns();
  public final SpoolDesk desk = new SpoolDesk(store, inFlight, time);
  private final Map<String, Processor> processors = new HashMap<>();
  private final LivePipeline pipeline = new LivePipeline(new Pipeline(Map.of()));
  public final AddressRates rates =
      new AddressRates(
          time, Map.of("slow", new RateLimits(3, 3, 5)), List.of(Network.parse("127.0.0.0/8")));
  public final SenderRates senderRates =
      new SenderRates(
          time,
          Map.of("guarded", new SenderRateLimits(3, 5, 1)),
          List.of(Network.parse("127.0.0.0/8")));
  public final Bans bans =
      new Bans(
          time,
          BanPolicy.defaults(),
          new BanRows(PluginStates.in(store).of(BanRows.OWNER)),
          Runnable::run);
  public final SpoolWorker worker;
  public final Door door;

  public Platform() {
    this(IntakePolicy.defaults("mx.example.test"));
  }

  // Longer than any test moves the clock, so that no call is over its time by that.
  public Platform(IntakePolicy policy) {
    this(policy, Duration.ofDays(30));
  }

  public Platform(IntakePolicy policy, Duration stepDeadline) {
    Ids ids = new TimeOrderedIds(time, new Random(1));
    PipelineEngine engine =
        new PipelineEngine(PipelinePolicy.defaults().withStepDeadline(stepDeadline), time, time);
    PlanCommit commit =
        new PlanCommit(
            directory,
            new DeliveryReports("mx.example.test", time, ids),
            ids,
            time,
            new Random(1),
            SpoolPolicy.defaults(),
            OutboundPolicy.defaults(),
            new Route.Direct());
    SpoolRun runs = new SpoolRun(store, engine, commit);
    Authenticator authenticator =
        new Authenticator(
            store.directory(),
            new Plain(),
            new LoginGuard(time, LoginGuardPolicy.defaults()),
            bans,
            time,
            AuthenticatorPolicy.defaults());
    this.worker =
        new SpoolWorker(store, pipeline, runs, inFlight, notes, time, time, SpoolPolicy.defaults());
    this.door =
        new Door(
            store,
            directory,
            authenticator,
            new Door.Machinery(engine, pipeline, commit, runs, inFlight),
            policy,
            new Door.Guards(rates, senderRates, bans, senders(ids)),
            ids,
            time,
            time);
    put(new Change.PutDomain(new LocalDomain("example.test")));
    put(new Change.PutAccount(new Account(address("alice@example.test"), "secret", true)));
    put(new Change.PutAccount(new Account(address("bob@example.test"), "secret", true)));
    processor("error", Platform::holdFault);
    processor("root", this::route);
  }

  /** What logins may send, as after a restart. */
  public Senders senders(Ids ids) {
    return new Senders(
        time,
        new SenderPolicy(
            50, 200, 40, 10, true, Set.of(), Optional.of(address("postmaster@example.test"))),
        each -> directory.isLocalDomain(each.domain()),
        store,
        new AdminNotices(store, "mx.example.test", ids, time),
        task -> Thread.ofVirtual().start(task));
  }

  private record Plain() implements PasswordHash {
    @Override
    public String hash(String password) {
      return password;
    }

    @Override
    public boolean matches(String password, String hash) {
      return password.equals(hash);
    }
  }

  private static Outcome holdFault(Mail mail) {
    return new Outcome.Hold(mail.attribute(PipelineEngine.FAULT).orElse("error"));
  }

  /** Delivers local recipients, relays others. */
  public Outcome route(Mail mail) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Deliver(mail.withRecipients(part(mail, true)), "INBOX"));
    effects.add(new Effect.Relay(mail.withRecipients(part(mail, false)), new Route.Direct()));
    return new Outcome.Done(effects);
  }

  private List<Recipient> part(Mail mail, boolean local) {
    return mail.recipients().stream()
        .filter(each -> directory.isLocalDomain(each.address().domain()) == local)
        .toList();
  }

  /** The pipeline in use. */
  public LivePipeline pipeline() {
    return pipeline;
  }

  /** One entry: the mailet for everybody. */
  public void processor(String name, Mailet mailet) {
    processors.put(name, new Processor(name, place(), List.of(entry(Mail::all, mailet))));
    pipeline.swap(new Pipeline(processors));
  }

  /** Puts an entry for these recipients before the others of root. */
  public void first(Mailet mailet, String... recipients) {
    List<String> wanted = List.of(recipients);
    Matcher matcher = mail -> mail.recipientsIf(each -> wanted.contains(each.toString()));
    Processor root = processors.get("root");
    List<Entry> entries = new ArrayList<>();
    entries.add(entry(matcher, mailet));
    entries.addAll(Objects.requireNonNull(root).entries());
    processors.put("root", new Processor("root", place(), entries));
    pipeline.swap(new Pipeline(processors));
  }

  private static Place place() {
    return new Place("pipeline.xml", 1);
  }

  private static Entry entry(Matcher matcher, Mailet mailet) {
    return new Entry(
        place(),
        "Some",
        matcher,
        new Criterion.Unsaid("Some"),
        "Mailet",
        mailet,
        false,
        Optional.empty(),
        List.of(),
        OnException.standard(),
        OnException.standard());
  }

  public void alias(String key, String... targets) {
    put(
        new Change.PutAlias(
            new Alias(key, Arrays.stream(targets).map(EmailAddress::parse).toList())));
  }

  public void put(Change change) {
    if (!(store.commit(Batch.of(change)) instanceof CommitResult.Committed)) {
      throw new IllegalStateException("the set-up could not be stored");
    }
  }

  public static EmailAddress address(String text) {
    return EmailAddress.parse(text);
  }

  public static Recipient recipient(String text) {
    return Recipient.of(address(text));
  }

  public static Envelope envelope(String sender, String... recipients) {
    return Envelope.of(
        ReversePath.parse(sender), Arrays.stream(recipients).map(Platform::recipient).toList());
  }

  /** A stranger at the named listener; {@code user} logs in where not empty. */
  public static Client client(String listener, String user) {
    return new Client(
        InetAddress.ofLiteral("203.0.113.9"),
        "client.example.org",
        listener.equals("lmtp") ? "LMTP" : user.isEmpty() ? "ESMTP" : "ESMTPSA",
        listener,
        user.isEmpty() ? Optional.empty() : Optional.of(address(user)),
        !user.isEmpty());
  }

  public static Client stranger() {
    return client("smtp", "");
  }

  public Acceptance message(Client client, Envelope envelope, String text) {
    try (ContentDraft draft = door.draft()) {
      byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
      draft.write(octets, 0, octets.length);
      draft.finish();
      return door.message(client, envelope, draft);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static final String TEXT = "Subject: hi\r\n\r\nbody\r\n";

  public List<String> mailbox(String owner) {
    return mailbox(owner, "INBOX");
  }

  public List<String> mailbox(String owner, String folder) {
    return store.mail().messages(new MailboxName(address(owner), folder)).stream()
        .map(MailboxMessage::message)
        .map(this::text)
        .toList();
  }

  public String text(StoredMessage message) {
    try (InputStream in = store.open(message).open()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public List<SpoolEntry> spool() {
    return store.spool().list("", 100);
  }

  /** Recipient, fate and detail of everything that happened. */
  public List<String> fates() {
    return store.ledger().since(Instant.EPOCH, 1000).stream().map(Platform::told).toList();
  }

  private static String told(LedgerEntry entry) {
    return entry.recipient() + " " + entry.fate() + " " + entry.detail();
  }

  public Set<String> kindsOfLastBatch() {
    List<Batch> all = store.committedBatches();
    Set<String> out = new TreeSet<>();
    all.getLast().changes().forEach(change -> out.add(change.getClass().getSimpleName()));
    return out;
  }

  /** Waits for something that other threads are about to do. */
  public static void until(BooleanSupplier condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(condition::getAsBoolean);
  }

  @Override
  public void close() {
    worker.close();
    store.close();
  }
}
