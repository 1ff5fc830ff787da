package dev.postrider.protocol.line;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Writes from a virtual thread to a channel and waits while the peer does not read. */
final class ChannelOutput extends OutputStream {
  private final ReplyWriter writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  ChannelOutput(ReplyWriter writer) {
    this.writer = writer;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, seen here
  public void write(byte[] octets, int offset, int length) throws IOException {
    awaitWritable();
    byte[] copy = new byte[length];
    System.arraycopy(octets, offset, copy, 0, length);
    writer.send(Unpooled.wrappedBuffer(copy));
  }

  private void awaitWritable() throws IOException {
    lock.lock();
    try {
      while (writer.channel().isActive() && !writer.channel().isWritable()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    if (writer.broken() || !writer.channel().isActive()) {
      throw new IOException("the peer is gone");
    }
  }

  /** Called by the event loop when the channel became writable or inactive. */
  void changed() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
