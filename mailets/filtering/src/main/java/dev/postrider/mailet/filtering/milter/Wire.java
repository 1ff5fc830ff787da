package dev.postrider.mailet.filtering.milter;

import dev.postrider.mailet.filtering.daemon.DaemonFault;
import dev.postrider.mailet.filtering.daemon.Deadline;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A connection to a milter: frames of a length, a code and data. What is written waits until an
 * answer is read. One conversation at a time uses it; an interrupt or the deadline closes it.
 */
final class Wire implements AutoCloseable {

  private static final int MAX_FRAME = 128 * 1024;
  private static final int FLUSH_AT = 256 * 1024;

  private final SocketChannel channel;
  private final DataInputStream in;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Agreement agreement = Agreement.NONE;
  private int answers;

  Wire(SocketChannel channel) {
    this.channel = channel;
    this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
  }

  /** What was negotiated over it. */
  Agreement agreement() {
    return agreement;
  }

  void agree(Agreement other) {
    agreement = other;
  }

  /** How many frames came in the conversation that goes on. */
  int answers() {
    return answers;
  }

  /** A new conversation begins. */
  void restart() {
    answers = 0;
  }

  /** Writes a frame. */
  void put(char code, byte[] data) throws IOException {
    int length = data.length + 1;
    out.write(length >>> 24);
    out.write(length >>> 16);
    out.write(length >>> 8);
    out.write(length);
    out.write(code);
    out.writeBytes(data);
    if (out.size() >= FLUSH_AT) {
      flush();
    }
  }

  /** Sends what was written. */
  void flush() throws IOException {
    ByteBuffer octets = ByteBuffer.wrap(out.toByteArray());
    out.reset();
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
  }

  /** Sends what was written and waits for a frame, which has to come within a time. */
  Reply read(Deadline deadline, Duration patience) throws IOException {
    deadline.next(patience);
    try {
      flush();
      int length = in.readInt();
      if (length < 1 || length > MAX_FRAME) {
        throw new DaemonFault("it sent a frame of " + Integer.toUnsignedLong(length) + " octets");
      }
      char code = (char) in.readUnsignedByte();
      byte[] data = in.readNBytes(length - 1);
      if (data.length < length - 1) {
        throw new EOFException();
      }
      answers++;
      return new Reply(code, data);
    } catch (EOFException e) {
      throw new DaemonFault("it closed the connection", e);
    }
  }

  SocketChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
