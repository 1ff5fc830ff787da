package dev.postrider.dist.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.postrider.dist.pipeline.Flights;
import dev.postrider.dist.pipeline.Pipelines;
import dev.postrider.dist.plugin.Lending;
import dev.postrider.kernel.admin.Reloader;
import dev.postrider.kernel.bounce.AdminNotices;
import dev.postrider.kernel.bounce.Reports;
import dev.postrider.kernel.directory.Authenticator;
import dev.postrider.kernel.directory.Directory;
import dev.postrider.kernel.dns.MxRouting;
import dev.postrider.kernel.dns.OwnHost;
import dev.postrider.kernel.guard.AddressRates;
import dev.postrider.kernel.guard.Bans;
import dev.postrider.kernel.guard.RateLimits;
import dev.postrider.kernel.guard.SenderRateLimits;
import dev.postrider.kernel.guard.SenderRates;
import dev.postrider.kernel.guard.Senders;
import dev.postrider.kernel.host.config.ListenerConfig;
import dev.postrider.kernel.host.config.Protocol;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.flight.FlightFolder;
import dev.postrider.kernel.host.flight.FlightRecorder;
import dev.postrider.kernel.host.metrics.ServerMeters;
import dev.postrider.kernel.host.spool.RunNotesFile;
import dev.postrider.kernel.intake.Door;
import dev.postrider.kernel.intake.IntakePolicy;
import dev.postrider.kernel.intake.Reception;
import dev.postrider.kernel.mailbox.LocalMailboxAccess;
import dev.postrider.kernel.mailbox.MailboxAccess;
import dev.postrider.kernel.mailbox.MoveAnnouncer;
import dev.postrider.kernel.outbound.Courier;
import dev.postrider.kernel.outbound.Transport;
import dev.postrider.kernel.pipeline.LivePipeline;
import dev.postrider.kernel.pipeline.Patience;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.Schedule;
import dev.postrider.kernel.port.Ids;
import dev.postrider.kernel.port.Timers;
import dev.postrider.kernel.spool.PlanCommit;
import dev.postrider.kernel.spool.RunNotes;
import dev.postrider.kernel.spool.RunsInFlight;
import dev.postrider.kernel.spool.SpoolPolicy;
import dev.postrider.kernel.spool.SpoolRun;
import dev.postrider.kernel.spool.SpoolWorker;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.service.Dns;
import dev.postrider.protocol.line.ClientTls;
import dev.postrider.protocol.line.EventLoops;
import dev.postrider.protocol.smtp.client.ClientTimeouts;
import dev.postrider.protocol.smtp.client.NettySmtpTransport;
import jakarta.inject.Provider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What only a running server has: intake, spool worker, courier, event loops. */
final class ServerModule extends AbstractModule {

  private static final Duration WATCH_EVERY = Duration.ofSeconds(1);
  private static final Duration LONGEST_TURN = Duration.ofMinutes(1);

  private final ServerConfig config;

  ServerModule(ServerConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(SpoolPolicy.class).toInstance(SpoolPolicy.defaults());
    Certificates certificates = new Certificates();
    bind(Certificates.class).toInstance(certificates);
    bind(Reloader.class).to(Reload.class);
  }

  @Provides
  @Singleton
  AddressRates rates(InstantSource clock, ServerMeters meters) {
    Map<String, RateLimits> limits =
        config.listeners().stream()
            .collect(Collectors.toMap(ListenerConfig::name, listener -> listener.limits().rates()));
    AddressRates rates = new AddressRates(clock, limits, config.networks().trusted());
    countRefused(meters, rates.refused());
    return rates;
  }

  @Provides
  @Singleton
  SenderRates senderRates(InstantSource clock, ServerMeters meters) {
    Map<String, SenderRateLimits> limits =
        config.listeners().stream()
            .collect(
                Collectors.toMap(
                    ListenerConfig::name, listener -> listener.limits().senderRates()));
    SenderRates rates = new SenderRates(clock, limits, config.networks().trusted());
    countRefused(meters, rates.refused());
    return rates;
  }

  private static void countRefused(ServerMeters meters, Map<? extends Enum<?>, LongAdder> refused) {
    refused.forEach(
        (kind, count) ->
            meters.count(
                "postrider.rate.refused",
                "What was refused because its network or sender is over a rate, since the start.",
                "kind",
                kind.name().toLowerCase(Locale.ROOT),
                count));
  }

  @Provides
  @Singleton
  Doors doors(Certificates certificates, AddressRates rates, Bans bans) {
    return new Doors(certificates, rates, bans);
  }

  @Provides
  @Singleton
  EventLoops loops() {
    return EventLoops.start();
  }

  @Provides
  @Singleton
  LivePipeline pipeline(Lending lending) {
    return new LivePipeline(Pipelines.load(config, lending));
  }

  @Provides
  @Singleton
  Reload reload(Provider<LivePipeline> live, Lending lending, Certificates certificates) {
    return new Reload(
        config, System.getenv(), live, next -> Pipelines.load(next, lending), certificates);
  }

  @Provides
  @Singleton
  Watch watch(Reload reload, Timers timers) {
    return new Watch(
        reload::read, timers, WATCH_EVERY, () -> reload.reloadBecause("a file was changed"));
  }

  @Provides
  @Singleton
  Schedule schedule(LivePipeline pipeline, Timers timers) {
    return new Schedule(pipeline, timers, new Patience(LONGEST_TURN));
  }

  @Provides
  @Singleton
  PlanCommit planCommit(
      Directory directory,
      Reports reports,
      Ids ids,
      InstantSource clock,
      RandomGenerator random,
      SpoolPolicy spool) {
    return new PlanCommit(
        directory, reports, ids, clock, random, spool, config.outbound(), new Route.Direct());
  }

  @Provides
  @Singleton
  FlightRecorder flightRecorder(InstantSource clock, ServerMeters meters) {
    FlightFolder folder = new FlightFolder(Flights.folder(config), config.flights());
    FlightRecorder recorder =
        new FlightRecorder(folder, config.flights(), config.pipeline().file(), clock);
    meters.count(
        "postrider.flights.left.out",
        "Runs that the flight recorder did not keep: too many at once, or the disk failed.",
        recorder::leftOut);
    return recorder;
  }

  @Provides
  @Singleton
  SpoolRun spoolRun(
      Store store, PipelineEngine engine, FlightRecorder recorder, PlanCommit planCommit) {
    return new SpoolRun(store, engine.observedBy(recorder), planCommit);
  }

  @Provides
  @Singleton
  SpoolWorker spoolWorker(
      Store store,
      LivePipeline pipeline,
      SpoolRun runs,
      RunsInFlight inFlight,
      Timers timers,
      InstantSource clock,
      SpoolPolicy policy) {
    RunNotes notes = new RunNotesFile(config.storage().directory().resolve("runs"));
    return new SpoolWorker(store, pipeline, runs, inFlight, notes, timers, clock, policy);
  }

  @Provides
  @Singleton
  Door.Machinery machinery(
      PipelineEngine engine,
      FlightRecorder recorder,
      LivePipeline pipeline,
      PlanCommit planCommit,
      SpoolRun spoolRun,
      RunsInFlight inFlight) {
    return new Door.Machinery(
        engine.observedBy(recorder), pipeline, planCommit, spoolRun, inFlight);
  }

  @Provides
  @Singleton
  Reception reception(
      Store store,
      Directory directory,
      Authenticator authenticator,
      Door.Machinery machinery,
      AddressRates rates,
      SenderRates senderRates,
      Bans bans,
      Senders senders,
      Ids ids,
      InstantSource clock,
      Timers timers) {
    return new Door(
        store,
        directory,
        authenticator,
        machinery,
        intake(),
        new Door.Guards(rates, senderRates, bans, senders),
        ids,
        clock,
        timers);
  }

  @Provides
  @Singleton
  Senders senders(
      Store store,
      Directory directory,
      Ids ids,
      InstantSource clock,
      EventLoops loops,
      ServerMeters meters) {
    Senders senders =
        new Senders(
            clock,
            config.senders(),
            address -> directory.isLocalDomain(address.domain()),
            store,
            new AdminNotices(store, config.hostName(), ids, clock),
            loops.questions());
    senders
        .limited()
        .forEach(
            (limit, count) ->
                meters.count(
                    "postrider.senders.limited",
                    "What was refused because a login is over a limit, since the start.",
                    "limit",
                    limit.name().toLowerCase(Locale.ROOT),
                    count));
    meters.count(
        "postrider.senders.held",
        "Mails held because a login deviates, since the start.",
        "why",
        "unusual",
        senders.held());
    return senders;
  }

  private IntakePolicy intake() {
    long largest =
        config.listeners().stream()
            .mapToLong(listener -> listener.limits().messageSize().octets())
            .max()
            .orElse(IntakePolicy.defaults(config.hostName()).maxMessageSize());
    return new IntakePolicy(
        config.hostName(),
        config.networks().trusted(),
        config.networks().relay(),
        largest,
        config.pipeline().maxReceived(),
        config.pipeline().deadline(),
        config.login().ownAddressesOnly());
  }

  @Provides
  @Singleton
  MailboxAccess mailboxes(Store store, Authenticator authenticator) {
    return new LocalMailboxAccess(store, authenticator);
  }

  @Provides
  @Singleton
  MoveAnnouncer moveAnnouncer(Store store, LivePipeline pipeline, Timers timers) {
    return new MoveAnnouncer(store, () -> pipeline.get().listeners(), timers, Patience.standard());
  }

  @Provides
  @Singleton
  Transport transport(EventLoops loops) {
    return new NettySmtpTransport(
        loops, ClientTls.opportunistic(), ClientTls.verified(), ClientTimeouts.standard());
  }

  @Provides
  @Singleton
  MxRouting routing(Dns dns, RandomGenerator random) throws SocketException {
    List<InetSocketAddress> listening =
        config.listeners().stream()
            .filter(listener -> listener.protocol() == Protocol.SMTP)
            .map(ListenerConfig::bind)
            .toList();
    List<InetAddress> here =
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();
    return new MxRouting(
        dns,
        OwnHost.of(config.hostName(), listening, here),
        config.outbound().port(),
        config.outbound().allowPrivateDestinations(),
        random);
  }

  @Provides
  @Singleton
  Courier courier(
      Store store,
      Transport transport,
      MxRouting routing,
      Reports reports,
      InstantSource clock,
      Timers timers,
      EventLoops loops,
      RandomGenerator random,
      Ids ids) {
    return new Courier(
        store,
        transport,
        routing,
        reports,
        config.outbound(),
        config.hostName(),
        clock,
        timers,
        loops.questions(),
        random,
        ids);
  }
}
