package dev.postrider.protocol.line;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A session on its wire: frames become inputs, steps become replies and what is read next, one
 * question is open at a time. Event loop only, where not said otherwise.
 */
final class SessionRun<S, Q, A> {
  private final Service<S, Q, A> service;
  private final Wire wire;
  private final Executor questions;
  private final @Nullable Securing securing;
  private final UnaryOperator<Duration> patience;
  private final LineFramer framer = new LineFramer(512);
  private Peer peer;

  private @Nullable Asker<Q, A> asker;
  private @Nullable S state;
  private Mode mode = Mode.SECURING;
  private boolean decrypting;
  private boolean pumping;
  private boolean stopping;
  private boolean inputEnded;

  private @Nullable Incoming<Q, A> incoming;

  SessionRun(
      Service<S, Q, A> service,
      Peer peer,
      Wire wire,
      Executor questions,
      @Nullable Securing securing,
      UnaryOperator<Duration> patience) {
    this.service = service;
    this.peer = peer;
    this.wire = wire;
    this.questions = questions;
    this.securing = securing;
    this.patience = patience;
  }

  /** Greets the peer, or waits for its handshake first. */
  void begin(boolean handshakeFirst) {
    if (handshakeFirst) {
      secure();
    } else {
      open();
    }
  }

  private void open() {
    asker = new Asker<>(service.conversations().apply(peer), wire, questions, this::answered);
    apply(service.session().open(peer));
    pump();
  }

  /** Asks the session to end as soon as it is idle. Any thread. */
  void stop() {
    wire.onLoop(this::stopWhenIdle);
  }

  private void stopWhenIdle() {
    stopping = true;
    if ((mode == Mode.LINES || mode == Mode.LISTENING) && service.session().idle(state())) {
      last(new Input.Stopping<>());
    } else if (mode == Mode.SECURING) {
      close();
    }
  }

  /** Takes octets that came, and owns them. */
  void heard(ByteBuf in) {
    if (mode == Mode.CLOSING) {
      wire.linger(in.readableBytes());
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

  /** No more octets will come; false if the connection has nothing to wait for. */
  boolean inputEnds() {
    inputEnded = true;
    if (mode == Mode.CLOSING || mode == Mode.SECURING) {
      return false;
    }
    pump();
    return true;
  }

  /** Goes on as far as what was read, the peer and the question allow. */
  void pump() {
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
      case LINES -> wire.flowing() && advanceLine();
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
        wire.alarm().clear();
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
    wire.flush();
    if (inputEnded) {
      abortContent();
      close();
    } else {
      wire.read();
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
    wire.reply(step.reply());
    switch (step.next()) {
      case Next.ReadLine<Q> line -> {
        mode = Mode.LINES;
        framer.maxLine(line.maxOctets());
        wire.alarm().set(patience.apply(line.within()).toNanos());
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
        wire.window().open(framer);
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
    wire.flush();
    wire.alarm().set(Math.max(within.toNanos(), TimeUnit.MILLISECONDS.toNanos(1)));
    wire.read();
    if (stopping) {
      stopWhenIdle();
    }
  }

  private void ask(Q question) {
    mode = Mode.ASKING;
    wire.alarm().clear();
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
    incoming = new Incoming<>(receive, () -> wire.onLoop(this::pump));
    wire.window().open(framer);
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
    wire.alarm().set(service.pace().handshake().toNanos());
    wire.afterFlush(this::secure);
  }

  private void secure() {
    if (wire.channel().isActive()) {
      decrypting = true;
      framer.discard();
      Objects.requireNonNull(securing).begin(wire);
    }
  }

  /** The handshake is done. */
  void secured(TlsFacts facts) {
    if (mode != Mode.SECURING) {
      return;
    }
    wire.alarm().clear();
    peer = peer.secured(facts);
    if (asker == null) {
      open();
    } else {
      apply(on(new Input.Secured<>(facts)));
      pump();
    }
  }

  /** The handshake failed: nothing that comes is listened to. */
  void unsecured() {
    mode = Mode.CLOSING;
  }

  /** The time that was given is over; false if the connection must not wait any longer. */
  boolean due() {
    boolean octetsCome = mode == Mode.RECEIVING || mode == Mode.SKIPPING;
    boolean ourTurn = mode == Mode.RECEIVING && incoming != null && incoming.pipe().full();
    if (ourTurn || (octetsCome && wire.window().progressed(framer))) {
      wire.window().open(framer);
    } else if (mode == Mode.LISTENING) {
      apply(on(new Input.Heard<>(false)));
      pump();
    } else if (mode == Mode.SECURING || mode == Mode.CLOSING) {
      return false;
    } else {
      abortContent();
      last(new Input.TimedOut<>());
    }
    return true;
  }

  private void abortContent() {
    if (mode == Mode.RECEIVING && incoming != null) {
      incoming.abort();
    }
  }

  private void close() {
    mode = Mode.CLOSING;
    wire.end(decrypting, inputEnded);
  }

  /** The connection is gone. */
  void gone() {
    abortContent();
    mode = Mode.CLOSING;
    wire.gone();
    framer.discard();
    if (asker != null) {
      asker.close();
    }
  }

  private S state() {
    return Objects.requireNonNull(state);
  }

  private Asker<Q, A> asker() {
    return Objects.requireNonNull(asker);
  }
}
