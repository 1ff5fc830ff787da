package dev.postrider.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Deque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** TLS between a socket and a dialogue. Handshake work is done where it comes up. */
final class TlsLayer {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final ByteBuffer in;
  private final ByteBuffer out;
  private boolean secured;

  TlsLayer(SSLEngine engine) {
    this.engine = engine;
    int packet = engine.getSession().getPacketBufferSize();
    this.in = ByteBuffer.allocate(2 * packet);
    this.out = ByteBuffer.allocate(2 * packet).flip();
  }

  boolean secured() {
    return secured;
  }

  String security() {
    return engine.getSession().getProtocol() + " " + engine.getSession().getCipherSuite();
  }

  /** Whether the handshake can't go on before something is written. */
  boolean hasToWrite() {
    return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
  }

  /** Reads from the socket; false at its end. */
  boolean read(SocketChannel channel) throws IOException {
    return channel.read(in) >= 0;
  }

  /** Decrypts a record into the buffer, ready to be read; false when there is none. */
  boolean unwrap(ByteBuffer plain) throws IOException {
    while (true) {
      plain.clear();
      in.flip();
      SSLEngineResult result = engine.unwrap(in, plain);
      in.compact();
      plain.flip();
      note(result);
      if (plain.hasRemaining()) {
        return true;
      }
      if (result.getStatus() == Status.CLOSED) {
        throw new IOException("closed by the server");
      }
      if (result.getStatus() != Status.OK
          || hasToWrite()
          || (result.bytesConsumed() == 0 && !runTasks())) {
        return false;
      }
    }
  }

  /** Encrypts and writes; true when all is written. */
  boolean write(SocketChannel channel, Deque<ByteBuffer> outgoing) throws IOException {
    while (true) {
      if (out.hasRemaining()) {
        channel.write(out);
        if (out.hasRemaining()) {
          return false;
        }
      }
      while (!outgoing.isEmpty() && !outgoing.getFirst().hasRemaining()) {
        outgoing.removeFirst();
      }
      runTasks();
      HandshakeStatus status = engine.getHandshakeStatus();
      boolean begin = status == HandshakeStatus.NOT_HANDSHAKING && !secured;
      boolean data = secured && !outgoing.isEmpty();
      if (!begin && !data && status != HandshakeStatus.NEED_WRAP) {
        return true;
      }
      out.clear();
      note(engine.wrap(data ? outgoing.getFirst() : NOTHING, out));
      out.flip();
      if (!out.hasRemaining()) {
        return true;
      }
    }
  }

  private boolean runTasks() {
    boolean any = false;
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      Runnable task = engine.getDelegatedTask();
      if (task == null) {
        break;
      }
      task.run();
      any = true;
    }
    return any;
  }

  private void note(SSLEngineResult result) {
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
      secured = true;
    }
    runTasks();
  }
}
