package dev.postrider.dist.access;

import dev.postrider.dist.home.Configurations;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.ListenersFile;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.dist.server.Composition;
import dev.postrider.dist.storage.Stores;
import dev.postrider.kernel.admin.Administration;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.protocol.admin.AdminToken;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/**
 * Administration of a home: of its server where one runs, else of its store.
 *
 * <p>Close it when the command is done.
 */
public final class Access implements AutoCloseable {

  private static final int CONNECT_MILLIS = 2000;

  private final Administration administration;
  private final Runnable end;

  private Access(Administration administration, Runnable end) {
    this.administration = administration;
    this.end = end;
  }

  /**
   * Finds out whether a server runs, and goes the right way.
   *
   * @throws Refusal when neither way is open
   */
  public static Access open(Home home) {
    ServerConfig config = Configurations.read(home);
    Optional<InetSocketAddress> server = server(config);
    return server.isPresent() ? remote(config, server.get()) : local(config);
  }

  /** The way to the running server; empty where none runs, or its admin listener is closed. */
  public static Optional<Access> toServer(Home home) {
    ServerConfig config = Configurations.read(home);
    return server(config).map(address -> remote(config, address));
  }

  /** Why there is no way to the server, and what to do. */
  public static String whyNoServer(Home home) {
    return Stores.isInUse(Configurations.read(home))
        ? "the server of %s can't be asked, its admin listener is closed; send SIGHUP to it"
            .formatted(home)
        : "no server runs for %s; 'postrider check --home %s' says whether one would start"
            .formatted(home, home);
  }

  private static Optional<InetSocketAddress> server(ServerConfig config) {
    // A killed server leaves its addresses behind. Whoever listens there now must not get the token
    // and a password, so only the lock of the store says that a server runs.
    return Stores.isInUse(config)
        ? ListenersFile.in(config.storage().directory()).read("admin").filter(Access::answers)
        : Optional.empty();
  }

  private static Access remote(ServerConfig config, InetSocketAddress server) {
    try {
      AdminClient client = new AdminClient(server, AdminToken.read(config.admin().tokenFile()));
      return new Access(client, client::close);
    } catch (IOException e) {
      throw new Refusal(
          "a server runs at %s, but its admin token can't be read: %s"
              .formatted(ListenersFile.shown(server), Reasons.of(e)));
    }
  }

  private static Access local(ServerConfig config) {
    Composition.Offline offline = Composition.offline(config);
    return new Access(offline.administration(), offline::close);
  }

  // A server that starts or ends has its store open and no door.
  private static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What to ask. */
  public Administration administration() {
    return administration;
  }

  @Override
  public void close() {
    end.run();
  }
}
