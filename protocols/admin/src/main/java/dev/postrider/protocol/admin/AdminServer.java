package dev.postrider.protocol.admin;

import dev.postrider.kernel.admin.Administration;
import dev.postrider.protocol.line.EventLoops;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Administration over HTTP/1.1: JSON under {@code /v1}, each request with the token as {@code
 * Authorization: Bearer}; {@code GET /metrics} in the text format of Prometheus with it too; {@code
 * GET /health} without it. At most {@value #CONNECTIONS} connections, bodies up to {@value #BODY}
 * octets, a client that is silent for {@value #SILENCE} seconds is cut.
 */
@SuppressWarnings("FutureReturnValueIgnored") // connections are closed and forgotten
public final class AdminServer {

  /** Octets of a request body at most: the mail of a trace. */
  public static final int BODY = 32 * 1024 * 1024;

  static final int CONNECTIONS = 32;
  static final int SILENCE = 20;

  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AdminToken token;
  private final AdminApi api;
  private final Executor questions;
  private final Channel accepting;

  private AdminServer(
      EventLoops loops,
      InetSocketAddress bind,
      AdminToken token,
      Administration administration,
      Supplier<String> figures)
      throws IOException {
    this.token = token;
    this.api = new AdminApi(administration, figures);
    this.questions = loops.questions();
    this.accepting = bound(loops, bind);
  }

  /**
   * Binds and accepts.
   *
   * @param figures for {@code GET /metrics}; may block
   * @throws IllegalArgumentException when the address is not loopback: there is no TLS
   * @throws IOException naming the address, when it can't be bound
   */
  public static AdminServer start(
      EventLoops loops,
      InetSocketAddress bind,
      AdminToken token,
      Administration administration,
      Supplier<String> figures)
      throws IOException {
    if (bind.getAddress() == null || !bind.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "the admin listener takes a loopback address such as 127.0.0.1, not " + bind);
    }
    return new AdminServer(loops, bind, token, administration, figures);
  }

  private Channel bound(EventLoops loops, InetSocketAddress bind) throws IOException {
    ChannelFuture future =
        loops
            .server()
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel);
                  }
                })
            .bind(bind)
            .awaitUninterruptibly();
    if (!future.isSuccess()) {
      throw new IOException(
          "listener admin cannot bind %s: %s".formatted(bind, future.cause().getMessage()),
          future.cause());
    }
    return future.channel();
  }

  private void accept(SocketChannel channel) {
    if (connections.size() >= CONNECTIONS) {
      channel.close();
      return;
    }
    connections.add(channel);
    channel
        .pipeline()
        .addLast(new ReadTimeoutHandler(SILENCE, TimeUnit.SECONDS))
        .addLast(new HttpServerCodec())
        .addLast(new TokenGate(token))
        .addLast(new HttpObjectAggregator(BODY, true))
        .addLast(new AdminHandler(api, questions));
  }

  /** Where clients connect, with the port that was taken. */
  public InetSocketAddress address() {
    return (InetSocketAddress) accepting.localAddress();
  }

  /** Stops accepting and lets requests that are being answered end, at most for so long. */
  public void stop(Duration grace) {
    accepting.close().awaitUninterruptibly();
    if (!connections
        .newCloseFuture()
        .awaitUninterruptibly(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      connections.close().awaitUninterruptibly();
    }
  }
}
