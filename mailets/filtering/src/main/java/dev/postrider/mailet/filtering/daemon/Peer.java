package dev.postrider.mailet.filtering.daemon;

import dev.postrider.plugin.Content;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection to a daemon that reads octets and answers with a few lines. Used by one thread at a
 * time; a {@link Deadline} closes it.
 */
public final class Peer {

  /** Octets of a message that are sent at once. */
  public static final int BLOCK = 64 * 1024;

  /** How a block of a message is framed. */
  @FunctionalInterface
  public interface Framing {
    /** What goes before a block of this length. */
    byte[] before(int length);
  }

  private final SocketChannel channel;
  private final InputStream in;
  private boolean heard;

  /** Over a connection. */
  public Peer(SocketChannel channel) {
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel));
  }

  /** The connection. */
  public SocketChannel channel() {
    return channel;
  }

  /** Whether an octet came since the last call of {@link #begin}. */
  public boolean heard() {
    return heard;
  }

  /** A new question begins. */
  public void begin() {
    heard = false;
  }

  /** Sends octets. */
  public void send(byte[] octets) throws IOException {
    send(ByteBuffer.wrap(octets));
  }

  private void send(ByteBuffer octets) throws IOException {
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
  }

  /**
   * Sends a message block by block.
   *
   * @throws IOException also when it turns out longer or shorter than it said
   */
  public void send(Content message, Framing framing) throws IOException {
    long sent = 0;
    try (InputStream content = message.open()) {
      byte[] block = new byte[BLOCK];
      for (int n = content.readNBytes(block, 0, BLOCK);
          n > 0;
          n = content.readNBytes(block, 0, BLOCK)) {
        byte[] frame = framing.before(n);
        ByteBuffer both = ByteBuffer.allocate(frame.length + n);
        send(both.put(frame).put(block, 0, n).flip());
        sent += n;
      }
    }
    if (sent != message.size()) {
      throw new DaemonFault("the message has " + sent + " octets, not " + message.size());
    }
  }

  /** Nothing more will be sent. */
  public void end() throws IOException {
    channel.shutdownOutput();
  }

  /**
   * Reads octets up to an end mark, which has to come.
   *
   * @param most octets before it
   * @return them, one character each
   */
  public String readTo(char end, int most) throws IOException {
    byte[] octets = new byte[most];
    for (int n = 0; n <= most; n++) {
      int octet = read();
      if (octet == end) {
        return new String(octets, 0, n, StandardCharsets.ISO_8859_1);
      }
      if (n < most) {
        octets[n] = (byte) octet;
      }
    }
    throw new DaemonFault("its answer has more than " + most + " octets");
  }

  /** Reads so many octets, one character each. */
  public String read(int length) throws IOException {
    byte[] octets = in.readNBytes(length);
    if (octets.length < length) {
      throw new DaemonFault("it closed the connection", new EOFException());
    }
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private int read() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new DaemonFault("it closed the connection", new EOFException());
    }
    heard = true;
    return octet;
  }
}
