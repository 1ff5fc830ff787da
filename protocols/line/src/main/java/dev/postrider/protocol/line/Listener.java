package dev.postrider.protocol.line;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service at an address. Accepts as soon as it is bound.
 *
 * <p>{@link #stop} may be called by any thread and blocks; the rest never does.
 */
@SuppressWarnings("FutureReturnValueIgnored") // refused connections are closed and forgotten
public final class Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  private static final int TELL_AFTER_SECONDS = 10;

  private final EventLoops loops;
  private final ListenerSettings settings;
  private final Service<?, ?, ?> service;
  private final Admission admission;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicInteger turnedAway = new AtomicInteger();
  private final Channel accepting;

  private Listener(EventLoops loops, ListenerSettings settings, Service<?, ?, ?> service)
      throws IOException {
    this.loops = loops;
    this.settings = settings;
    this.service = service;
    this.admission = new Admission(settings.limits(), settings.trusted());
    this.accepting = bind();
  }

  /**
   * Binds and accepts.
   *
   * @throws IOException naming listener and address, if the address cannot be bound
   */
  public static Listener start(
      EventLoops loops, ListenerSettings settings, Service<?, ?, ?> service) throws IOException {
    return new Listener(loops, settings, service);
  }

  private Channel bind() throws IOException {
    ChannelFuture bound =
        loops
            .server()
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel);
                  }
                })
            .bind(settings.bind())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "listener %s cannot bind %s: %s"
              .formatted(settings.name(), settings.bind(), bound.cause().getMessage()),
          bound.cause());
    }
    return bound.channel();
  }

  private void accept(SocketChannel channel) {
    connections.add(channel);
    InetSocketAddress remote = channel.remoteAddress();
    InetSocketAddress local = channel.localAddress();
    if (remote == null || local == null) {
      channel.close(); // gone before it was accepted
    } else if (settings.proxies().contains(remote.getAddress())) {
      ProxyHeader.expect(channel, service.pace().handshake().toMillis(), this::admit);
    } else {
      admit(channel, remote, local);
    }
  }

  private void admit(Channel channel, InetSocketAddress remote, InetSocketAddress local) {
    if (!accepting.isOpen() || !admission.enter(remote.getAddress())) {
      tellOfCrowd(channel, remote);
      refuse(channel, service.refusal());
      return;
    }
    channel.closeFuture().addListener(closed -> admission.leave(remote.getAddress()));
    switch (settings.gate().admit(remote.getAddress())) {
      case OPEN -> serve(channel, remote, local);
      case TOO_FAST -> refuse(channel, service.refusal());
      case BANNED -> {
        LOG.debug("{}: connection of {} refused, it is banned", settings.name(), remote);
        refuse(channel, service.ban());
      }
    }
  }

  // A line for each would let whoever connects fill the log, and drive out what was in it.
  private void tellOfCrowd(Channel channel, InetSocketAddress remote) {
    if (turnedAway.getAndIncrement() == 0) {
      LOG.info("{}: connection of {} refused, too many are open", settings.name(), remote);
      channel.eventLoop().schedule(this::tellOfMore, TELL_AFTER_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void tellOfMore() {
    int more = turnedAway.getAndSet(0) - 1;
    if (more > 0) {
      LOG.info(
          "{}: {} more connections were refused in {} s, too many were open",
          settings.name(),
          more,
          TELL_AFTER_SECONDS);
    }
  }

  private void serve(Channel channel, InetSocketAddress remote, InetSocketAddress local) {
    Peer peer = new Peer(remote, local, admission.trusts(remote.getAddress()), Optional.empty());
    channel.pipeline().addLast(handler(service, peer));
  }

  private <S, Q, A> SessionHandler<S, Q, A> handler(Service<S, Q, A> served, Peer peer) {
    return new SessionHandler<>(
        served,
        peer,
        loops.questions(),
        settings.tls().orElse(null),
        settings.implicitTls(),
        usual -> admission.patience(usual, peer.trusted()));
  }

  private void refuse(Channel channel, String text) {
    ByteBuf words =
        settings.implicitTls()
            ? Unpooled.EMPTY_BUFFER
            : Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    channel
        .eventLoop()
        .execute(() -> channel.writeAndFlush(words).addListener(ChannelFutureListener.CLOSE));
  }

  /** Where peers connect, with the port that was taken. */
  public InetSocketAddress address() {
    return (InetSocketAddress) accepting.localAddress();
  }

  /** The listener's name. */
  public String name() {
    return settings.name();
  }

  /** Connections that are open now. */
  public int connections() {
    return admission.open();
  }

  /**
   * Stops accepting, closes idle sessions, lets busy ones come to an end, and cuts what is left
   * when the time is over. Returns when all connections are closed.
   */
  public void stop(Duration grace) {
    accepting.close().awaitUninterruptibly();
    for (Channel channel : connections) {
      SessionHandler<?, ?, ?> session = channel.pipeline().get(SessionHandler.class);
      if (session == null) {
        channel.close();
      } else {
        session.stop();
      }
    }
    boolean ended =
        connections.newCloseFuture().awaitUninterruptibly(grace.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      LOG.info(
          "{}: {} connections are cut after {} of grace",
          settings.name(),
          connections.size(),
          grace);
      connections.close().awaitUninterruptibly();
    }
  }
}
