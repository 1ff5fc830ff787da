package dev.postrider.dist.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.postrider.dist.pipeline.WheelTimers;
import dev.postrider.dist.plugin.BoundedJobs;
import dev.postrider.dist.plugin.Lending;
import dev.postrider.dist.plugin.PluginJobs;
import dev.postrider.dist.storage.HomeBackups;
import dev.postrider.kernel.admin.Administration;
import dev.postrider.kernel.admin.DryRun;
import dev.postrider.kernel.admin.LocalAdministration;
import dev.postrider.kernel.admin.Reloader;
import dev.postrider.kernel.admin.Tracer;
import dev.postrider.kernel.bounce.DeliveryReports;
import dev.postrider.kernel.bounce.Reports;
import dev.postrider.kernel.credentials.Argon2PasswordHash;
import dev.postrider.kernel.credentials.Argon2Settings;
import dev.postrider.kernel.directory.Authenticator;
import dev.postrider.kernel.directory.AuthenticatorPolicy;
import dev.postrider.kernel.directory.Directory;
import dev.postrider.kernel.directory.LoginGuard;
import dev.postrider.kernel.directory.PasswordHash;
import dev.postrider.kernel.guard.BanRows;
import dev.postrider.kernel.guard.Bans;
import dev.postrider.kernel.host.config.DnsConfig;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.flight.Pretended;
import dev.postrider.kernel.host.metrics.ServerMeters;
import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.mailbox.MessageMoves;
import dev.postrider.kernel.pipeline.LivePipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.port.Carriers;
import dev.postrider.kernel.port.Ids;
import dev.postrider.kernel.port.TimeOrderedIds;
import dev.postrider.kernel.port.Timers;
import dev.postrider.kernel.resolver.DnsSettings;
import dev.postrider.kernel.resolver.DnsjavaDns;
import dev.postrider.kernel.spool.RunsInFlight;
import dev.postrider.kernel.spool.SpoolDesk;
import dev.postrider.kernel.spool.SpooledOutbox;
import dev.postrider.kernel.state.PluginStates;
import dev.postrider.kernel.store.Store;
import dev.postrider.kernel.store.rocks.RocksStore;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.Meters;
import dev.postrider.plugin.service.Outbox;
import dev.postrider.plugin.service.PluginState;
import jakarta.inject.Provider;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What the server and the commands beside it share: the kernel on an open store. */
final class CoreModule extends AbstractModule {

  private final ServerConfig config;
  private final RocksStore store;

  CoreModule(ServerConfig config, RocksStore store) {
    this.config = config;
    this.store = store;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    bind(ServerConfig.class).toInstance(config);
    bind(Store.class).toInstance(store);
    bind(RunsInFlight.class).toInstance(new RunsInFlight());
    bind(InstantSource.class).toInstance(InstantSource.system());
    bind(RandomGenerator.class).toInstance(new SecureRandom());
  }

  @Provides
  @Singleton
  Ids ids(InstantSource clock, RandomGenerator random) {
    return new TimeOrderedIds(clock, random);
  }

  @Provides
  @Singleton
  WheelTimers scheduledTimers() {
    return new WheelTimers();
  }

  @Provides
  Timers timers(WheelTimers timers) {
    return timers;
  }

  @Provides
  @Singleton
  DnsjavaDns resolver() throws UnknownHostException {
    DnsConfig dns = config.dns();
    return new DnsjavaDns(
        new DnsSettings(dns.servers(), dns.timeout(), DnsSettings.defaults().cacheEntries()));
  }

  @Provides
  Dns dns(DnsjavaDns resolver) {
    return resolver;
  }

  @Provides
  @Singleton
  Directory directory() {
    return new Directory(store.directory(), config.directory());
  }

  @Provides
  @Singleton
  PasswordHash passwordHash() {
    return new Argon2PasswordHash(Argon2Settings.defaults(), new SecureRandom());
  }

  @Provides
  @Singleton
  PluginStates states() {
    return PluginStates.in(store);
  }

  @Provides
  @Singleton
  Bans bans(InstantSource clock, PluginStates states, ServerMeters meters) {
    Bans bans =
        new Bans(
            clock,
            config.bans(),
            new BanRows(states.of(BanRows.OWNER)),
            task -> Thread.ofVirtual().name("ban").start(task));
    bans.counts()
        .forEach(
            (offence, count) ->
                meters.count(
                    "postrider.offences",
                    "Offences of clients since the start.",
                    "kind",
                    offence.name().toLowerCase(Locale.ROOT),
                    count));
    meters.gauge("postrider.banned", "Networks that are banned now.", () -> bans.list().size());
    return bans;
  }

  @Provides
  @Singleton
  Authenticator authenticator(PasswordHash hashes, Bans bans, InstantSource clock) {
    return new Authenticator(
        store.directory(),
        hashes,
        new LoginGuard(clock, config.login().guard()),
        bans,
        clock,
        AuthenticatorPolicy.defaults());
  }

  @Provides
  @Singleton
  PipelineEngine engine(InstantSource clock, Timers timers, Carriers carriers) {
    return new PipelineEngine(
            PipelinePolicy.defaults().withStepDeadline(config.pipeline().stepDeadline()),
            clock,
            timers)
        .with(carriers);
  }

  @Provides
  @Singleton
  Carriers carriers() {
    return new SchedulerCarriers();
  }

  @Provides
  @Singleton
  ServerMeters meters() {
    return new ServerMeters(store);
  }

  @Provides
  @Singleton
  Lending lending(
      Dns dns,
      Directory directory,
      InstantSource clock,
      Timers timers,
      RandomGenerator random,
      PluginStates states,
      Ids ids,
      ServerMeters meters) {
    PluginServices services =
        PluginServices.of(dns, directory, clock)
            .with(PluginState.class, asker -> states.of(asker.plugin()))
            .with(Outbox.class, asker -> new SpooledOutbox(asker.plugin(), states, ids, clock))
            .with(Meters.class, asker -> meters.of(asker.plugin()));
    return new Lending(services, dns, random, clock, timers);
  }

  @Provides
  @Singleton
  Reports reports(InstantSource clock, Ids ids) {
    return new DeliveryReports(config.hostName(), clock, ids);
  }

  // Only a trace needs the pipeline; other commands work while it is broken.
  @Provides
  @Singleton
  Tracer tracer(
      Provider<LivePipeline> pipeline, PipelineEngine engine, Ids ids, InstantSource clock) {
    return new DryRun(() -> pipeline.get().get(), engine.observedBy(Pretended.runs()), ids, clock);
  }

  @Provides
  @Singleton
  Administration administration(
      RunsInFlight inFlight,
      Ids ids,
      Bans bans,
      PasswordHash hashes,
      InstantSource clock,
      Tracer tracer,
      Reloader reloader,
      Lending lending) {
    SpoolDesk spool = new SpoolDesk(store, inFlight, clock);
    return new LocalAdministration(
        store,
        spool,
        new MessageMoves(store, ids, clock),
        bans,
        hashes,
        clock,
        tracer,
        new HomeBackups(config, store, clock),
        reloader,
        new BoundedJobs(
            new PluginJobs(config, lending), config.pipeline().jobDeadline(), lending.timers()));
  }
}
