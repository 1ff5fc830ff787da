package dev.postrider.kernel.host.config;

import dev.postrider.kernel.directory.DirectoryPolicy;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.guard.BanPolicy;
import dev.postrider.kernel.guard.SenderPolicy;
import dev.postrider.kernel.host.flight.FlightLimits;
import dev.postrider.kernel.outbound.OutboundPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All of {@code conf/postrider.xml}, checked. Paths are absolute.
 *
 * @param home the directory that everything else is relative to
 * @param hostName what the server calls itself in greetings, HELO and Received
 * @param domains local domains that are made sure to exist at start; more are in the directory
 * @param listeners those that are on, in the order of the file
 * @param tls the certificate; empty only where no listener has TLS
 * @param storage where data is kept
 * @param dns whom to ask for names
 * @param networks peers that are treated in a special way
 * @param outbound how mail goes out
 * @param login what logging in costs and gives
 * @param bans which networks are not let in for a time
 * @param senders what logins may send
 * @param directory how addresses are read
 * @param pipeline how mail is treated
 * @param http where requests of plugins may go
 * @param flights what is kept of the runs of the pipeline
 * @param admin administration over HTTP
 * @param logging what is told in the log
 */
public record ServerConfig(
    Path home,
    String hostName,
    List<LocalDomain> domains,
    List<ListenerConfig> listeners,
    Optional<TlsConfig> tls,
    StorageConfig storage,
    DnsConfig dns,
    NetworksConfig networks,
    OutboundPolicy outbound,
    LoginConfig login,
    BanPolicy bans,
    SenderPolicy senders,
    DirectoryPolicy directory,
    PipelineConfig pipeline,
    HttpConfig http,
    FlightLimits flights,
    AdminConfig admin,
    LoggingConfig logging) {

  /** Copies the lists. */
  public ServerConfig {
    domains = List.copyOf(domains);
    listeners = List.copyOf(listeners);
  }

  /** The domain of {@code <postmaster>} without one (RFC 5321 §4.5.1). */
  public String postmasterDomain() {
    return domains.isEmpty() ? hostName : domains.getFirst().name();
  }

  /** The listener of this name, where it is on. */
  public Optional<ListenerConfig> listener(String name) {
    return listeners.stream().filter(listener -> listener.name().equals(name)).findFirst();
  }
}
