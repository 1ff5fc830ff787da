package dev.postrider.kernel.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * What mail must not be sent to, because it would come back.
 *
 * @param name the name of this host, lower case
 * @param listensAt whether this server accepts mail at an address
 */
public record OwnHost(String name, Predicate<InetSocketAddress> listensAt) {

  /**
   * A host with these listeners.
   *
   * @param listeners where mail is accepted; a wildcard address stands for all of {@code local}
   * @param local the addresses of this machine
   */
  public static OwnHost of(
      String name, Collection<InetSocketAddress> listeners, Collection<InetAddress> local) {
    List<InetSocketAddress> bound = List.copyOf(listeners);
    List<InetAddress> here = List.copyOf(local);
    return new OwnHost(
        name,
        target ->
            bound.stream()
                .filter(listener -> listener.getPort() == target.getPort())
                .anyMatch(listener -> covers(listener, target.getAddress(), here)));
  }

  private static boolean covers(
      InetSocketAddress listener, InetAddress target, List<InetAddress> here) {
    return listener.getAddress().isAnyLocalAddress()
        ? target.isLoopbackAddress() || target.isAnyLocalAddress() || here.contains(target)
        : listener.getAddress().equals(target);
  }
}
