package dev.postrider.protocol.line;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the PROXY header, version 1 or 2, then hands the connection on and steps aside. */
@SuppressWarnings("FutureReturnValueIgnored") // a close shows as channelInactive
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyHeader.class);

  interface Known {
    void admit(Channel channel, InetSocketAddress remote, InetSocketAddress local);
  }

  private final Known known;
  private final long withinMillis;
  private @Nullable Future<?> timer;

  private ProxyHeader(Known known, long withinMillis) {
    this.known = known;
    this.withinMillis = withinMillis;
  }

  static void expect(Channel channel, long withinMillis, Known known) {
    channel.pipeline().addLast(new HAProxyMessageDecoder(), new ProxyHeader(known, withinMillis));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    timer =
        ctx.executor()
            .schedule(
                () -> {
                  ctx.close();
                },
                withinMillis,
                TimeUnit.MILLISECONDS);
    if (ctx.channel().isActive()) {
      ctx.executor().execute(ctx::read);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HAProxyMessage header) {
    Channel channel = ctx.channel();
    InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
    InetSocketAddress local = (InetSocketAddress) channel.localAddress();
    boolean proxied =
        header.command() == HAProxyCommand.PROXY
            && header.sourceAddress() != null
            && header.destinationAddress() != null
            && header.proxiedProtocol().addressFamily() != AddressFamily.AF_UNIX;
    if (proxied) {
      remote = Addresses.of(header.sourceAddress(), header.sourcePort());
      local = Addresses.of(header.destinationAddress(), header.destinationPort());
    }
    known.admit(channel, remote, local);
    ctx.pipeline().remove(this);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.read();
    ctx.fireChannelReadComplete();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.warn(
        "{} is configured as a proxy but sent no PROXY header; closed",
        ctx.channel().remoteAddress());
    LOG.debug("what it sent instead", cause);
    ctx.close();
  }
}
