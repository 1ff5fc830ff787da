package dev.postrider.protocol.smtp.client;

import dev.postrider.protocol.line.ClientTls;
import dev.postrider.protocol.line.EventLoops;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection, with calls that block. Thread: one virtual thread; the event loop does the rest.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is seen
final class ClientWire implements AutoCloseable {

  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final Channel channel;
  private final LineInbox inbox;
  private final String host;
  private boolean encrypted;

  private ClientWire(Channel channel, LineInbox inbox, String host) {
    this.channel = channel;
    this.inbox = inbox;
    this.host = host;
  }

  /**
   * Connects.
   *
   * @param host for SNI
   * @throws WireFault with the reason when there is no connection in time
   */
  static ClientWire connect(
      EventLoops loops, String host, InetSocketAddress address, Duration timeout) throws WireFault {
    LineInbox inbox = new LineInbox();
    ChannelFuture connecting =
        loops
            .client()
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(inbox);
                  }
                })
            .connect(address);
    try {
      connecting.await(timeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      connecting.channel().close();
      throw new WireFault("this server is stopping", e);
    }
    if (!connecting.isSuccess()) {
      connecting.channel().close();
      throw new WireFault(whyNot(connecting.cause(), address.getPort(), timeout));
    }
    return new ClientWire(connecting.channel(), inbox, host);
  }

  // In words that a report to the sender may show: what the system says has numbers and names of
  // calls in it.
  private static String whyNot(@Nullable Throwable cause, int port, Duration timeout) {
    String said = cause == null ? null : cause.getMessage();
    if (said == null || cause instanceof ConnectTimeoutException) {
      return "no connection within " + timeout.toSeconds() + " s";
    }
    String lower = said.toLowerCase(Locale.ROOT);
    if (lower.contains("connection refused")) {
      return "connection refused at port " + port;
    }
    return lower.contains("unreachable") || cause instanceof NoRouteToHostException
        ? "can't be reached from this host: no route to it"
        : said;
  }

  boolean encrypted() {
    return encrypted;
  }

  boolean isOpen() {
    return channel.isActive();
  }

  String readLine(Duration timeout) throws WireFault {
    return inbox.take(timeout, () -> channel.config().setAutoRead(true));
  }

  /** Whether the peer said something that was not read yet. */
  boolean hasInput() {
    return inbox.hasLine();
  }

  void write(String text) {
    channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  /** Where content goes: waits while the peer does not read, at most the given time per block. */
  OutputStream output(Duration perBlock) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws WireFault {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] octets, int offset, int length) throws WireFault {
        inbox.await(perBlock, () -> channel.isWritable());
        channel.writeAndFlush(Unpooled.copiedBuffer(octets, offset, length));
      }
    };
  }

  /**
   * Upgrades to TLS. What the peer sent before the handshake is forgotten: somebody on the way may
   * have put it there.
   *
   * @throws WireFault when the handshake fails
   */
  void startTls(ClientTls tls, Duration timeout) throws WireFault {
    SslHandler handler = handler(tls);
    handler.setHandshakeTimeoutMillis(timeout.toMillis());
    Future<?> placed =
        channel
            .eventLoop()
            .submit(
                () -> {
                  inbox.discard();
                  if (!channel.isActive()) {
                    // The handler would wait for a handshake that can't begin any more.
                    throw new ClosedChannelException();
                  }
                  return channel.pipeline().addFirst(handler);
                });
    try {
      placed.await();
      if (placed.isSuccess()) {
        handler.handshakeFuture().await(timeout.toMillis() + 1000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireFault("this server is stopping", e);
    }
    if (!placed.isSuccess() || !handler.handshakeFuture().isSuccess()) {
      Throwable cause = placed.isSuccess() ? handler.handshakeFuture().cause() : placed.cause();
      String reason = cause == null ? null : cause.getMessage();
      throw new WireFault("TLS failed" + (reason == null ? "" : ": " + reason));
    }
    encrypted = true;
  }

  private SslHandler handler(ClientTls tls) throws WireFault {
    try {
      int port = ((InetSocketAddress) channel.remoteAddress()).getPort();
      return tls.handler(channel.alloc(), host, port);
    } catch (SSLException e) {
      throw new WireFault("TLS can't be used by this server: " + e.getMessage(), e);
    }
  }

  /** Says a last line and closes when the peer has answered or after a few seconds. */
  void quit() {
    if (!channel.isActive()) {
      return;
    }
    inbox.closing();
    write("QUIT\r\n");
    var cut =
        channel
            .eventLoop()
            .schedule(() -> channel.close(), GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> cut.cancel(false));
  }

  /** Cuts the connection. */
  @Override
  public void close() {
    channel.close();
  }
}
