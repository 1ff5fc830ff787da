package dev.postrider.benchmark.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection, plain or TLS. Used by the selector's thread only. */
final class Connection {

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer shared;
  private final ClientContext tlsContext;
  private final Deque<ByteBuffer> outgoing = new ArrayDeque<>();
  private final Dialogue dialogue;
  private @Nullable TlsLayer tls;
  private boolean announced;
  private boolean closeWhenSent;
  private boolean open = true;

  /**
   * Begins to connect.
   *
   * @param shared where octets are read into, of all connections of this thread
   */
  Connection(
      Selector selector,
      InetSocketAddress from,
      InetSocketAddress to,
      ByteBuffer shared,
      ClientContext tlsContext,
      Function<Connection, Dialogue> dialogue)
      throws IOException {
    this.shared = shared;
    this.tlsContext = tlsContext;
    this.channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.bind(from);
      boolean connected = channel.connect(to);
      this.key =
          channel.register(
              selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    this.dialogue = dialogue.apply(this);
  }

  /** What the selector calls. */
  static void selected(SelectionKey key) {
    ((Connection) key.attachment()).selected();
  }

  /** Speaks TLS from here on. */
  void startTls() {
    tls = new TlsLayer(tlsContext.engine());
    pump();
  }

  /** The protocol and cipher of TLS, or "none". */
  String security() {
    return tls == null ? "none" : tls.security();
  }

  /** Sends octets; the buffers' positions are theirs, the octets are shared. */
  void send(ByteBuffer... octets) {
    for (ByteBuffer each : octets) {
      outgoing.add(each.duplicate());
    }
    pump();
  }

  /** Sends octets and closes then, without waiting for an answer. */
  void sendAndClose(ByteBuffer octets) {
    closeWhenSent = true;
    send(octets);
  }

  /** Closes at once; the dialogue is not told. */
  void close() {
    open = false;
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // What can't be closed is gone, which is what was wanted.
    }
  }

  private void fail(String why) {
    if (open) {
      close();
      dialogue.closed(why);
    }
  }

  private void selected() {
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        pump();
      }
      if (open && key.isValid() && key.isReadable()) {
        read();
      }
      if (open && key.isValid() && key.isWritable()) {
        pump();
      }
    } catch (IOException e) {
      fail(e.toString());
    }
  }

  private void read() throws IOException {
    TlsLayer layer = tls;
    if (layer == null) {
      shared.clear();
      if (channel.read(shared) < 0) {
        fail("closed by the server");
        return;
      }
      dialogue.received(shared.flip());
      return;
    }
    if (!layer.read(channel)) {
      fail("closed by the server");
      return;
    }
    boolean more = true;
    while (open && more) {
      while (open && layer.unwrap(shared)) {
        dialogue.received(shared);
      }
      more = layer.hasToWrite();
      pump();
    }
  }

  private void pump() {
    if (!open || !channel.isConnected()) {
      return;
    }
    try {
      boolean all = tls == null ? write() : tls.write(channel, outgoing);
      int wanted = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
      if (key.interestOps() != wanted) {
        key.interestOps(wanted);
      }
      if (all && closeWhenSent && outgoing.isEmpty()) {
        close();
      }
    } catch (IOException e) {
      fail(e.toString());
      return;
    }
    if (!announced && tls != null && tls.secured()) {
      announced = true;
      dialogue.secured();
    }
  }

  private boolean write() throws IOException {
    while (!outgoing.isEmpty()) {
      ByteBuffer first = outgoing.getFirst();
      channel.write(first);
      if (first.hasRemaining()) {
        return false;
      }
      outgoing.removeFirst();
    }
    return true;
  }
}
