package dev.postrider.protocol.line;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * The threads that all listeners and clients of a server share: event loops, which never block, and
 * virtual threads for what may. Epoll where its native part loads, else NIO.
 */
public final class EventLoops implements AutoCloseable {
  private final EventLoopGroup loops;
  private final ExecutorService questions;
  private final Class<? extends ServerChannel> serverChannel;
  private final Class<? extends SocketChannel> clientChannel;

  private EventLoops(
      int threads,
      IoHandlerFactory io,
      Class<? extends ServerChannel> serverChannel,
      Class<? extends SocketChannel> clientChannel) {
    this.loops =
        new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("loop", true), io);
    this.questions =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("question").factory());
    this.serverChannel = serverChannel;
    this.clientChannel = clientChannel;
  }

  /** Loads native libraries ahead of those who need them, who do it too. */
  public static void loadNative() {
    LoggerFactory.getLogger(EventLoops.class)
        .debug("epoll: {}, BoringSSL: {}", Epoll.isAvailable(), OpenSsl.isAvailable());
  }

  /** Starts with one event loop per processor. */
  public static EventLoops start() {
    return start(Runtime.getRuntime().availableProcessors());
  }

  /** Starts with so many event loops. */
  public static EventLoops start(int threads) {
    return Epoll.isAvailable()
        ? new EventLoops(
            threads,
            EpollIoHandler.newFactory(),
            EpollServerSocketChannel.class,
            EpollSocketChannel.class)
        : nio(threads);
  }

  /** Starts without native code. */
  public static EventLoops nio(int threads) {
    return new EventLoops(
        threads, NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
  }

  /** True if the native transport is in use. */
  public boolean isNative() {
    return serverChannel == EpollServerSocketChannel.class;
  }

  /** For a server; handler and options are the caller's. */
  public ServerBootstrap server() {
    return new ServerBootstrap()
        .group(loops)
        .channel(serverChannel)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true);
  }

  /** For a client; handler and options are the caller's. */
  public Bootstrap client() {
    return new Bootstrap()
        .group(loops)
        .channel(clientChannel)
        .option(ChannelOption.TCP_NODELAY, true);
  }

  /** Runs each task on a virtual thread of its own. */
  public ExecutorService questions() {
    return questions;
  }

  /** Ends the threads; connections still open are cut. Stop the listeners first. */
  @Override
  public void close() {
    close(Duration.ofSeconds(2));
  }

  private void close(Duration within) {
    questions.shutdown();
    loops
        .shutdownGracefully(0, within.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(within.toMillis() + 1000);
  }
}
