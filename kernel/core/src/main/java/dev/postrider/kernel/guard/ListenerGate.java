package dev.postrider.kernel.guard;

import java.net.InetAddress;

/**
 * The gate of a listener: bans first, then the rate of connections.
 *
 * @param listener its name
 * @param rates counts connections
 * @param bans knows who is banned
 */
public record ListenerGate(String listener, AddressRates rates, Bans bans) implements Gate {

  @Override
  public Admittance admit(InetAddress client) {
    if (bans.isBanned(client)) {
      return Admittance.BANNED;
    }
    return rates.take(AddressRates.Kind.CONNECTIONS, listener, client)
        ? Admittance.OPEN
        : Admittance.TOO_FAST;
  }
}
