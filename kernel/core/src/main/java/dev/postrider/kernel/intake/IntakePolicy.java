package dev.postrider.kernel.intake;

import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * What is taken at the door, and from whom.
 *
 * @param hostName our name in trace fields and reports, A-labels
 * @param trustedNetworks peers for which limits per address don't count
 * @param relayNetworks peers that may send to any address without a login; nobody by default
 * @param maxMessageSize octets of one message as received
 * @param maxReceived {@code Received} fields after which a message is taken for a loop (RFC 5321
 *     §6.3)
 * @param doorDeadline how long the pipeline may run before the peer is answered; afterwards the
 *     message is spooled and the run goes on
 * @param enforceSenderOwnership whether a login may send only as its account and the aliases that
 *     lead to it
 */
public record IntakePolicy(
    String hostName,
    List<Network> trustedNetworks,
    List<Network> relayNetworks,
    long maxMessageSize,
    int maxReceived,
    Duration doorDeadline,
    boolean enforceSenderOwnership) {

  /** Copies the lists and checks the numbers. */
  public IntakePolicy {
    trustedNetworks = List.copyOf(trustedNetworks);
    relayNetworks = List.copyOf(relayNetworks);
    if (maxMessageSize < 1 || maxReceived < 1 || doorDeadline.isNegative()) {
      throw new IllegalArgumentException("limits of the intake are positive");
    }
  }

  /** What is used where nothing is configured: loopback is trusted, nobody relays. */
  public static IntakePolicy defaults(String hostName) {
    return new IntakePolicy(
        hostName,
        List.of(Network.parse("127.0.0.0/8"), Network.parse("::1")),
        List.of(),
        50L * 1024 * 1024,
        100,
        Duration.ofSeconds(20),
        true);
  }

  /** Whether limits per address don't count for this peer. */
  public boolean trusts(InetAddress address) {
    return trustedNetworks.stream().anyMatch(network -> network.contains(address));
  }

  /** Whether this peer may send to any address without a login. */
  public boolean relaysFor(InetAddress address) {
    return relayNetworks.stream().anyMatch(network -> network.contains(address));
  }
}
