package dev.postrider.protocol.line;

import io.netty.handler.ssl.SslHandler;
import java.time.Duration;

/** Puts encryption below a session. Event loop only. */
final class Securing {
  private final ServerTls tls;
  private final Duration within;

  Securing(ServerTls tls, Duration within) {
    this.tls = tls;
    this.within = within;
  }

  /** Begins the handshake; the next octets that are read belong to it. */
  void begin(Wire wire) {
    SslHandler handler = tls.handler(wire.ctx().alloc());
    handler.setHandshakeTimeoutMillis(within.toMillis());
    wire.alarm().set(within.toNanos());
    wire.ctx().pipeline().addBefore(wire.ctx().name(), "tls", handler);
    wire.read();
  }
}
