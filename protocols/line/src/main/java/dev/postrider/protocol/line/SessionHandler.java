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
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a session over a channel: frames in, replies out, one question open at a time. The
 * channel must not read by itself; this handler asks for each read, so that nothing is read while a
 * question is open or the peer does not take its replies.
 */
final class SessionHandler<S, Q, A> extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);

  private final Service<S, Q, A> service;
  private final Executor questions;
  private final @Nullable Securing securing;
  private final boolean implicitTls;
  private final UnaryOperator<Duration> patience;
  private final LineFramer framer = new LineFramer(512);
  private Peer peer;

  private @Nullable Wire wire;
  private @Nullable Asker<Q, A> asker;
  private @Nullable S state;
  private Mode mode = Mode.SECURING;
  private boolean begun;
  private boolean decrypting;
  private boolean pumping;
  private boolean stopping;
  private boolean inputEnded;

  private @Nullable Incoming<Q, A> incoming;

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
    wire = new Wire(ctx, service.pace(), this::due);
    if (ctx.channel().isActive()) {
      begin();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    begin();
    ctx.fireChannelActive();
  }

  private void begin() {
    if (begun || !wire().channel().isActive()) {
      return;
    }
    begun = true;
    try {
      if (implicitTls) {
        secure();
      } else {
        open();
      }
    } catch (RuntimeException e) {
      exceptionCaught(wire().ctx(), e);
    }
  }

  private void open() {
    asker = new Asker<>(service.conversations().apply(peer), wire(), questions, this::answered);
    apply(service.session().open(peer));
    pump();
  }

  /** Asks the session to end as soon as it is idle. Any thread. */
  void stop() {
    Wire to = wire;
    if (to != null) {
      to.onLoop(this::stopWhenIdle);
    }
  }

  private void stopWhenIdle() {
    stopping = true;
    if ((mode == Mode.LINES || mode == Mode.LISTENING) && service.session().idle(state())) {
      last(new Input.Stopping<>());
    } else if (mode == Mode.SECURING) {
      close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (mode == Mode.CLOSING) {
      wire().linger(in.readableBytes());
      in.release();
    } else if (mode == Mode.SECURING) {
      // Plain text that arrived ahead of the handshake must not reach the session after it.
      in.release();
    } else {
      framer.feed(in);
      if (mode == Mode.LISTENING) {
        apply(on(new Input.Heard<>(true)));
      }
      pump();
    }
  }

  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (advance()) {
        // each round handles one frame
      }
    } finally {
      pumping = false;
    }
  }

  private boolean advance() {
    return switch (mode) {
      case LINES -> wire().flowing() && advanceLine();
      case RECEIVING -> advanceContent(Objects.requireNonNull(incoming));
      case SKIPPING -> advanceSkip();
      case SECURING, LISTENING, ASKING, CLOSING -> false;
    };
  }

  private boolean advanceLine() {
    switch (framer.next()) {
      case null -> {
        return needInput();
      }
      case Frame.Line line -> apply(on(new Input.Line<>(line.octets(), framer.pending() > 0)));
      case Frame.Bad bad -> apply(on(new Input.Bad<>(bad.fault())));
      case Frame.Piece _, Frame.End _ -> throw new IllegalStateException("content in line mode");
    }
    return true;
  }

  private boolean advanceContent(Incoming<Q, A> into) {
    if (into.pipe().full()) {
      return false;
    }
    switch (framer.next()) {
      case null -> {
        return into.floodedBy(framer.contentOctets()) ? flooded() : needInput();
      }
      case Frame.Piece piece -> into.pipe().offer(piece);
      case Frame.End end -> {
        into.pipe().end(end.how());
        mode = Mode.ASKING;
        wire().alarm().clear();
      }
      case Frame.Line _, Frame.Bad _ -> throw new IllegalStateException("line in content mode");
    }
    Q question = into.question();
    if (question != null) {
      asker().ask(question, into.pipe());
    }
    Input<A> early = into.early();
    if (early != null && mode == Mode.ASKING) {
      apply(on(early));
    }
    return true;
  }

  private boolean flooded() {
    abortContent();
    last(new Input.Flooded<>());
    return false;
  }

  private boolean advanceSkip() {
    Frame frame = framer.next();
    if (frame == null) {
      return needInput();
    }
    if (frame instanceof Frame.End) {
      apply(on(new Input.Skipped<>()));
    }
    return true;
  }

  private boolean needInput() {
    wire().flush();
    if (inputEnded) {
      abortContent();
      close();
    } else {
      wire().read();
    }
    return false;
  }

  private Step<S, Q> on(Input<A> input) {
    return service.session().on(state(), input);
  }

  /** Lets the session have the last word, and closes. */
  private void last(Input<A> input) {
    apply(on(input));
    if (mode != Mode.CLOSING) {
      close();
    }
  }

  private void apply(Step<S, Q> step) {
    state = step.state();
    wire().reply(step.reply());
    switch (step.next()) {
      case Next.ReadLine<Q> line -> {
        mode = Mode.LINES;
        framer.maxLine(line.maxOctets());
        wire().alarm().set(patience.apply(line.within()).toNanos());
        if (stopping) {
          stopWhenIdle();
        }
      }
      case Next.Listen<Q> listen -> listen(listen.within());
      case Next.Ask<Q> ask -> ask(ask.question());
      case Next.Receive<Q> receive -> receive(receive);
      case Next.Skip<Q> skip -> {
        mode = Mode.SKIPPING;
        framer.receive(new Framing.Counted(skip.octets(), true, true, true));
        wire().window().open(framer);
      }
      case Next.StartTls<Q> upgrade -> startTls();
      case Next.Close<Q> end -> close();
    }
  }

  // The loop looks for input once more before a timer of a millisecond goes off.
  private void listen(Duration within) {
    if (framer.pending() > 0) {
      apply(on(new Input.Heard<>(true)));
      return;
    }
    mode = Mode.LISTENING;
    wire().flush();
    wire().alarm().set(Math.max(within.toNanos(), TimeUnit.MILLISECONDS.toNanos(1)));
    wire().read();
    if (stopping) {
      stopWhenIdle();
    }
  }

  private void ask(Q question) {
    mode = Mode.ASKING;
    wire().alarm().clear();
    Input<A> known = asker().atOnce(question);
    if (known == null) {
      asker().ask(question, null);
    } else {
      apply(on(known));
    }
  }

  private void receive(Next.Receive<Q> receive) {
    mode = Mode.RECEIVING;
    framer.receive(receive.framing());
    incoming = new Incoming<>(receive, () -> wire().onLoop(this::pump));
    wire().window().open(framer);
  }

  private void answered(Input<A> input) {
    if (mode == Mode.RECEIVING && incoming != null) {
      incoming.early(input);
      pump();
    } else if (mode == Mode.ASKING) {
      apply(on(input));
      pump();
    }
  }

  private void startTls() {
    if (securing == null) {
      throw new IllegalStateException("the session offers TLS that its listener does not have");
    }
    mode = Mode.SECURING;
    framer.discard();
    wire().alarm().set(service.pace().handshake().toNanos());
    wire().afterFlush(this::secure);
  }

  private void secure() {
    if (wire().channel().isActive()) {
      decrypting = true;
      framer.discard();
      Objects.requireNonNull(securing).begin(wire());
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a close shows as channelInactive
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case SslHandshakeCompletionEvent handshake when handshake.isSuccess() ->
          secured(ServerTls.facts(ctx.pipeline().get(SslHandler.class)));
      case SslHandshakeCompletionEvent handshake -> {
        LOG.debug("TLS handshake with {} failed", peer.remote(), handshake.cause());
        mode = Mode.CLOSING;
        ctx.close();
      }
      case ChannelInputShutdownEvent end -> {
        inputEnded = true;
        if (mode == Mode.CLOSING || mode == Mode.SECURING) {
          ctx.close();
        } else {
          pump();
        }
      }
      default -> ctx.fireUserEventTriggered(event);
    }
  }

  private void secured(TlsFacts facts) {
    if (mode != Mode.SECURING) {
      return;
    }
    wire().alarm().clear();
    peer = peer.secured(facts);
    if (asker == null) {
      open();
    } else {
      apply(on(new Input.Secured<>(facts)));
      pump();
    }
  }

  private void due() {
    boolean octetsCome = mode == Mode.RECEIVING || mode == Mode.SKIPPING;
    boolean ourTurn = mode == Mode.RECEIVING && incoming != null && incoming.pipe().full();
    if (ourTurn || (octetsCome && wire().window().progressed(framer))) {
      wire().window().open(framer);
    } else if (mode == Mode.LISTENING) {
      apply(on(new Input.Heard<>(false)));
      pump();
    } else if (mode == Mode.SECURING || mode == Mode.CLOSING) {
      exceptionCaught(wire().ctx(), new IOException("too slow"));
    } else {
      abortContent();
      last(new Input.TimedOut<>());
    }
  }

  private void abortContent() {
    if (mode == Mode.RECEIVING && incoming != null) {
      incoming.abort();
    }
  }

  private void close() {
    mode = Mode.CLOSING;
    wire().end(decrypting, inputEnded);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    wire().output().changed();
    if (!ctx.channel().isWritable()) {
      // What a question writes piles up here, and nobody else would look whether the peer takes it.
      wire().watch();
    }
    pump();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    abortContent();
    mode = Mode.CLOSING;
    wire().gone();
    framer.discard();
    if (asker != null) {
      asker.close();
    }
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

  private S state() {
    return Objects.requireNonNull(state);
  }

  private Asker<Q, A> asker() {
    return Objects.requireNonNull(asker);
  }

  private Wire wire() {
    return Objects.requireNonNull(wire);
  }
}
