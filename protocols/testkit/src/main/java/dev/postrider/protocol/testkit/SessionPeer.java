package dev.postrider.protocol.testkit;

import dev.postrider.protocol.line.ContentEnd;
import dev.postrider.protocol.line.ContentSink;
import dev.postrider.protocol.line.Conversation;
import dev.postrider.protocol.line.Exchange;
import dev.postrider.protocol.line.Frame;
import dev.postrider.protocol.line.Framing;
import dev.postrider.protocol.line.Input;
import dev.postrider.protocol.line.LineFramer;
import dev.postrider.protocol.line.Next;
import dev.postrider.protocol.line.Peer;
import dev.postrider.protocol.line.Session;
import dev.postrider.protocol.line.Step;
import dev.postrider.protocol.line.TlsFacts;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session without a socket: what is sent goes through the framer into the session at once, on the
 * caller's thread.
 */
public final class SessionPeer<S, Q, A> implements DialoguePeer {
  private final Session<S, Q, A> session;
  private final Conversation<Q, A> conversation;
  private final LineFramer framer = new LineFramer(512);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int readSoFar;
  private S state;
  private Next<Q> next;

  /** Opens the session. */
  public SessionPeer(Session<S, Q, A> session, Conversation<Q, A> conversation, Peer peer) {
    this.session = session;
    this.conversation = conversation;
    Step<S, Q> first = session.open(peer);
    state = first.state();
    next = first.next();
    apply(first);
    run();
  }

  /** Where the session is. */
  public S state() {
    return state;
  }

  /** What the session waits for. */
  public Next<Q> next() {
    return next;
  }

  @Override
  public void send(byte[] octets) {
    framer.feed(Unpooled.copiedBuffer(octets));
    run();
  }

  /** Lets something else happen to the session. */
  public void happen(Input<A> input) {
    apply(session.on(state, input));
    run();
  }

  @Override
  public void startTls() {
    if (!(next instanceof Next.StartTls<Q>)) {
      throw new AssertionError("the session does not expect a handshake but " + next);
    }
    framer.discard();
    happen(new Input.Secured<>(new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256")));
  }

  private void run() {
    boolean going = true;
    while (going) {
      going =
          switch (next) {
            case Next.ReadLine<Q> line -> readLine(line.maxOctets());
            case Next.Listen<Q> listen ->
                apply(session.on(state, new Input.Heard<>(framer.pending() > 0)));
            case Next.Ask<Q> ask -> answer(ask.question(), List.of(), ContentEnd.COMPLETE);
            case Next.Receive<Q> receive -> receive(receive);
            case Next.Skip<Q> skip -> skip();
            case Next.StartTls<Q> tls -> false;
            case Next.Close<Q> close -> false;
          };
    }
  }

  private boolean readLine(int maxOctets) {
    framer.maxLine(maxOctets);
    return switch (framer.next()) {
      case null -> false;
      case Frame.Line line ->
          apply(session.on(state, new Input.Line<>(line.octets(), framer.pending() > 0)));
      case Frame.Bad bad -> apply(session.on(state, new Input.Bad<>(bad.fault())));
      case Frame.Piece piece -> throw new AssertionError("content where a line was expected");
      case Frame.End end -> throw new AssertionError("content where a line was expected");
    };
  }

  private final List<Frame.Piece> content = new ArrayList<>();

  private boolean receive(Next.Receive<Q> receive) {
    return switch (framer.next()) {
      case null -> false;
      case Frame.Piece piece -> content.add(piece);
      case Frame.End end -> {
        List<Frame.Piece> all = List.copyOf(content);
        content.clear();
        yield answer(receive.question(), all, end.how());
      }
      case Frame.Line line -> throw new AssertionError("a line where content was expected");
      case Frame.Bad bad -> throw new AssertionError("a line where content was expected");
    };
  }

  private boolean skip() {
    Frame frame = framer.next();
    if (frame instanceof Frame.End) {
      return apply(session.on(state, new Input.Skipped<>()));
    }
    return frame != null;
  }

  private boolean answer(Q question, List<Frame.Piece> pieces, ContentEnd end) {
    try {
      A answer = conversation.answer(question, new Collected(pieces, end, out));
      return apply(session.on(state, new Input.Answer<>(answer)));
    } catch (Exception e) {
      return apply(session.on(state, new Input.Failed<>()));
    }
  }

  private boolean apply(Step<S, Q> step) {
    state = step.state();
    next = step.next();
    out.writeBytes(step.reply().getBytes(StandardCharsets.UTF_8));
    switch (next) {
      case Next.Receive<Q> receive -> framer.receive(receive.framing());
      case Next.Skip<Q> skip ->
          framer.receive(new Framing.Counted(skip.octets(), true, true, true));
      case Next.Close<Q> close -> framer.discard();
      case Next.ReadLine<Q> line -> {}
      case Next.Listen<Q> listen -> {}
      case Next.Ask<Q> ask -> {}
      case Next.StartTls<Q> tls -> {}
    }
    return true;
  }

  @Override
  public @Nullable String readLine() {
    String rest = out.toString(StandardCharsets.UTF_8).substring(readSoFar);
    int end = rest.indexOf("\r\n");
    if (end >= 0) {
      readSoFar += end + 2;
      return rest.substring(0, end);
    }
    if (next instanceof Next.Close<Q>) {
      return null;
    }
    return "<nothing, the session waits for " + next + ">";
  }

  /** All lines not read yet. */
  public List<String> readLines() {
    String rest = out.toString(StandardCharsets.UTF_8).substring(readSoFar);
    readSoFar += rest.length();
    return rest.lines().toList();
  }

  @Override
  public void close() {
    framer.discard();
    conversation.close();
  }

  private record Collected(List<Frame.Piece> pieces, ContentEnd end, OutputStream output)
      implements Exchange {
    @Override
    public ContentEnd content(ContentSink sink) throws IOException {
      if (end == ContentEnd.COMPLETE) {
        for (Frame.Piece piece : pieces) {
          sink.accept(piece.octets(), piece.length());
        }
      }
      return end;
    }
  }
}
