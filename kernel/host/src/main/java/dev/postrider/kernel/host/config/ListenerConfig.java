package dev.postrider.kernel.host.config;

import dev.postrider.kernel.problem.Place;
import java.net.InetSocketAddress;

/**
 * A door of the server.
 *
 * @param name as in {@code listeners.json}: {@code smtp}, {@code submission}, …; unique
 * @param protocol what it speaks
 * @param bind where it listens; port 0 for any free one
 * @param tls when connections are encrypted
 * @param limits that hold for it
 * @param place where it is written
 */
public record ListenerConfig(
    String name,
    Protocol protocol,
    InetSocketAddress bind,
    TlsMode tls,
    SessionLimits limits,
    Place place) {}
