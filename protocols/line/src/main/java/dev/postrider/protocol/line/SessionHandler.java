package dev.postrider.protocol.line;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a session over a channel: what the channel tells becomes calls of its {@link SessionRun}.
 * The channel must not read by itself; each read is asked for, so that nothing is read while a
 * question is open or the peer does not take its replies.
 */
final class SessionHandler<S, Q, A> extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);

  private final Service<S, Q, A> service;
  private final Peer peer;
  private final Executor questions;
  private final @Nullable Securing securing;
  private final boolean implicitTls;
  private final UnaryOperator<Duration> patience;

  private @Nullable Wire wire;
  private @Nullable SessionRun<S, Q, A> run;
  private boolean begun;

  SessionHandler(
      Service<S, Q, A> service,
      Peer peer,
      Executor questions,
      @Nullable ServerTls tls,
      boolean implicitTls,
      UnaryOperator<Duration> patience) {
    this.service = service;
    this.peer = peer;
    this.questions = questions;
    this.securing = tls == null ? null : new Securing(tls, service.pace().handshake());
    this.implicitTls = implicitTls;
    this.patience = patience;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    Wire added = new Wire(ctx, service.pace(), this::due);
    wire = added;
    run = new SessionRun<>(service, peer, added, questions, securing, patience);
    begin(ctx);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    begin(ctx);
    ctx.fireChannelActive();
  }

  private void begin(ChannelHandlerContext ctx) {
    if (begun || !ctx.channel().isActive()) {
      return;
    }
    begun = true;
    try {
      run().begin(implicitTls);
    } catch (RuntimeException e) {
      exceptionCaught(ctx, e);
    }
  }

  /** Asks the session to end as soon as it is idle. Any thread. */
  void stop() {
    SessionRun<S, Q, A> running = run;
    if (running != null) {
      running.stop();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    run().heard((ByteBuf) message);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a close shows as channelInactive
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case SslHandshakeCompletionEvent handshake when handshake.isSuccess() ->
          run().secured(ServerTls.facts(ctx.pipeline().get(SslHandler.class)));
      case SslHandshakeCompletionEvent handshake -> {
        LOG.debug("TLS handshake with {} failed", peer.remote(), handshake.cause());
        run().unsecured();
        ctx.close();
      }
      case ChannelInputShutdownEvent end -> {
        if (!run().inputEnds()) {
          ctx.close();
        }
      }
      default -> ctx.fireUserEventTriggered(event);
    }
  }

  private void due() {
    if (!run().due()) {
      exceptionCaught(wire().ctx(), new IOException("too slow"));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    wire().output().changed();
    if (!ctx.channel().isWritable()) {
      // What a question writes piles up here, and nobody else would look whether the peer takes it.
      wire().watch();
    }
    run().pump();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    run().gone();
    ctx.fireChannelInactive();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a close shows as channelInactive
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException || cause instanceof DecoderException) {
      LOG.debug("connection of {} broke", peer.remote(), cause);
    } else {
      LOG.error("session of {} failed and is closed", peer.remote(), cause);
    }
    ctx.close();
  }

  private SessionRun<S, Q, A> run() {
    return Objects.requireNonNull(run);
  }

  private Wire wire() {
    return Objects.requireNonNull(wire);
  }
}
