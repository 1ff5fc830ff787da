package dev.postrider.kernel.dns;

import dev.postrider.plugin.Status;
import java.net.InetSocketAddress;
import java.util.List;

/** Which hosts take mail for a destination. */
public sealed interface Routing {

  /**
   * These.
   *
   * @param targets in the order of trying, at least one
   */
  record Hosts(List<Target> targets) implements Routing {
    /** Copies the list. */
    public Hosts {
      targets = List.copyOf(targets);
    }
  }

  /**
   * None.
   *
   * @param status why; of class 4 where asking again later makes sense, else of class 5
   */
  record Nowhere(Status status) implements Routing {}

  /**
   * A place to connect to.
   *
   * @param host the name, for TLS and for people; for an address literal the address
   * @param address where it is
   */
  record Target(String host, InetSocketAddress address) {}
}
