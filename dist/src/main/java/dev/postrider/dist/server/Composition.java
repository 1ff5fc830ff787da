package dev.postrider.dist.server;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import dev.postrider.dist.home.Configurations;
import dev.postrider.dist.home.DemoHome;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Installation;
import dev.postrider.dist.home.ListenersFile;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.dist.logging.Logging;
import dev.postrider.dist.pipeline.WheelTimers;
import dev.postrider.dist.storage.Stores;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Administration;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.flight.FlightRecorder;
import dev.postrider.kernel.host.metrics.ServerMeters;
import dev.postrider.kernel.intake.Reception;
import dev.postrider.kernel.mailbox.MailboxAccess;
import dev.postrider.kernel.mailbox.MoveAnnouncer;
import dev.postrider.kernel.outbound.Courier;
import dev.postrider.kernel.pipeline.Schedule;
import dev.postrider.kernel.port.Carriers;
import dev.postrider.kernel.resolver.DnsjavaDns;
import dev.postrider.kernel.spool.SpoolWorker;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.Store;
import dev.postrider.kernel.store.rocks.RocksStore;
import dev.postrider.protocol.admin.AdminToken;
import dev.postrider.protocol.line.EventLoops;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server is made of, and in which order it begins and ends. */
public final class Composition {

  private static final Logger LOG = LoggerFactory.getLogger(Composition.class);

  private Composition() {}

  /**
   * Starts the server of a home; it accepts when this returns.
   *
   * @throws Refusal when something has to be mended first; nothing is left running
   */
  public static Server start(Home home, boolean demo) {
    // Beside the reading of the configuration; whoever needs them first waits for them.
    Thread.ofPlatform().daemon().name("native").start(Composition::loadNatives);
    Thread.ofPlatform().daemon().name("calendar").start(Logging::prepare);
    ServerConfig config = Configurations.read(home);
    Server.Begun begun = new Server.Begun();
    try {
      Logging.toFiles(config.logging().directory(), config.logging().level());
      begun.add("the log", Logging::close);
      return start(config, demo, begun);
    } catch (IOException e) {
      begun.undo();
      throw new Refusal("the server can't start: " + Reasons.of(e));
    } catch (RuntimeException e) {
      begun.undo();
      throw unwrapped(e);
    }
  }

  private static void loadNatives() {
    RocksStore.loadNative();
    EventLoops.loadNative();
  }

  private static Server start(ServerConfig config, boolean demo, Server.Begun begun)
      throws IOException {
    RocksStore store = Stores.open(config);
    begun.add("the store", store::close);
    Injector injector =
        Guice.createInjector(new CoreModule(config, store), new ServerModule(config));
    makeDomains(config, store);
    Administration administration = injector.getInstance(Administration.class);
    if (demo) {
      DemoHome.USERS.forEach(user -> must(administration.addUser(user, DemoHome.PASSWORD)));
    }
    WheelTimers timers = injector.getInstance(WheelTimers.class);
    begun.add("the timers", timers::close);
    CarrierWatch carriers =
        new CarrierWatch(
            injector.getInstance(Carriers.class),
            timers,
            task -> Thread.ofVirtual().name("carrier-watch").start(task));
    begun.add("the watch of carriers", carriers::close);
    carriers.start();
    DnsjavaDns dns = injector.getInstance(DnsjavaDns.class);
    begun.add("the resolver", dns::close);
    EventLoops loops = injector.getInstance(EventLoops.class);
    begun.add("the event loops", loops::close);
    FlightRecorder recorder = injector.getInstance(FlightRecorder.class);
    begun.add("the flight recorder", recorder::stop);
    SpoolWorker spool = injector.getInstance(SpoolWorker.class);
    begun.add("the spool", spool::close);
    MoveAnnouncer moves = injector.getInstance(MoveAnnouncer.class);
    begun.add("the telling of moved messages", moves::stop);
    Schedule schedule = injector.getInstance(Schedule.class);
    begun.add("the schedule", schedule::close);
    Courier courier = injector.getInstance(Courier.class);
    begun.add("the courier", () -> courier.stop(Server.GRACE));
    Doors.Behind behind =
        new Doors.Behind(
            injector.getInstance(Reception.class),
            injector.getInstance(MailboxAccess.class),
            administration,
            injector.getInstance(ServerMeters.class)::text,
            AdminToken.readOrMake(config.admin().tokenFile()));
    Doors doors = injector.getInstance(Doors.class);
    doors.open(loops, config, behind);
    begun.add("the listeners", () -> doors.stop(Server.GRACE));
    spool.start();
    moves.start();
    courier.start();
    schedule.start();
    ListenersFile file = ListenersFile.in(config.storage().directory());
    file.write(doors.addresses());
    begun.add("the list of listeners", file::delete);
    if (config.pipeline().watch()) {
      Watch watch = injector.getInstance(Watch.class);
      watch.start();
      begun.add("the watch of files", watch::close);
    }
    Server server = new Server(begun, doors.addresses(), injector.getInstance(Reload.class));
    LOG.info("postrider {} is ready: {}", Installation.version(), doors.addresses());
    return server;
  }

  /** A store that is open for one command, and its administration. */
  public record Offline(Store store, Injector injector) implements AutoCloseable {

    public Administration administration() {
      return injector.getInstance(Administration.class);
    }

    @Override
    public void close() {
      injector.getInstance(WheelTimers.class).close();
      store.close();
    }
  }

  /**
   * Opens the store while no server runs.
   *
   * @throws Refusal when it can't be opened
   */
  public static Offline offline(ServerConfig config) {
    RocksStore store = Stores.open(config);
    try {
      makeDomains(config, store);
      return new Offline(
          store, Guice.createInjector(new CoreModule(config, store), new OfflineModule(config)));
    } catch (RuntimeException e) {
      store.close();
      throw unwrapped(e);
    }
  }

  private static void makeDomains(ServerConfig config, Store store) {
    List<Change> missing =
        config.domains().stream()
            .filter(domain -> store.directory().domain(domain.name()).isEmpty())
            .<Change>map(Change.PutDomain::new)
            .toList();
    if (!missing.isEmpty()
        && !(store.commit(new Batch(missing)) instanceof CommitResult.Committed)) {
      throw new Refusal(
          "the domains of the configuration can't be written to "
              + config.storage().directory()
              + "; is there space left?");
    }
  }

  private static void must(AdminAnswer answer) {
    if (answer instanceof AdminAnswer.Refused refused) {
      throw new Refusal(refused.text());
    }
  }

  // Guice wraps what a provider throws; a person needs the reason, not the wrapping.
  private static RuntimeException unwrapped(RuntimeException fault) {
    boolean wrapped = fault instanceof ProvisionException || fault instanceof CreationException;
    return wrapped && fault.getCause() instanceof RuntimeException cause ? cause : fault;
  }
}
