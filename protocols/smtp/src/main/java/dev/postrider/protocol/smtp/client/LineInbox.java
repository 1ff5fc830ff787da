package dev.postrider.protocol.smtp.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lines from the peer, gathered by the event loop and taken by one virtual thread. A peer that
 * sends more than is asked for has to wait; one that sends endless lines is cut off.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close shows as channelInactive
final class LineInbox extends ChannelInboundHandlerAdapter {

  private static final int LONGEST_LINE = 4096;
  private static final int MOST_LINES = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private Optional<String> fault = Optional.empty();
  private boolean closing;

  // Event loop only.
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof ByteBuf octets) {
        read(ctx, octets);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(ChannelHandlerContext ctx, ByteBuf octets) {
    while (octets.isReadable()) {
      byte octet = octets.readByte();
      if (octet == '\n') {
        add(ctx, partial.toString(StandardCharsets.UTF_8));
        partial.reset();
      } else if (partial.size() < LONGEST_LINE) {
        partial.write(octet);
      } else {
        fail("it sent a line of more than " + LONGEST_LINE + " octets");
        ctx.close();
        return;
      }
    }
  }

  private void add(ChannelHandlerContext ctx, String line) {
    lock.lock();
    try {
      if (closing) {
        ctx.close();
        return;
      }
      lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
      if (lines.size() >= MOST_LINES) {
        ctx.channel().config().setAutoRead(false);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next line.
   *
   * @param resume called when reading may go on
   * @throws WireFault when none comes in time or the connection is gone
   */
  String take(Duration timeout, Runnable resume) throws WireFault {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (lines.isEmpty()) {
        if (fault.isPresent()) {
          throw new WireFault(fault.get());
        }
        if (left <= 0) {
          throw new WireFault("it did not answer within " + timeout.toSeconds() + " s");
        }
        left = changed.awaitNanos(left);
      }
      if (lines.size() == MOST_LINES) {
        resume.run();
      }
      return lines.remove();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireFault("this server is stopping", e);
    } finally {
      lock.unlock();
    }
  }

  /** Whether a line waits to be taken. */
  boolean hasLine() {
    lock.lock();
    try {
      return !lines.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything received so far. Event loop only. */
  void discard() {
    lock.lock();
    try {
      lines.clear();
      partial.reset();
    } finally {
      lock.unlock();
    }
  }

  /** From now on the first line that comes closes the connection. */
  void closing() {
    lock.lock();
    try {
      closing = true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the condition holds, looked at whenever something happens to the channel. */
  void await(Duration timeout, BooleanSupplier condition) throws WireFault {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (fault.isPresent()) {
          throw new WireFault(fault.get());
        }
        if (left <= 0) {
          throw new WireFault("it took nothing for " + timeout.toSeconds() + " s");
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireFault("this server is stopping", e);
    } finally {
      lock.unlock();
    }
  }

  private void fail(String reason) {
    lock.lock();
    try {
      fault = fault.or(() -> Optional.of(reason));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail("it closed the connection");
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
      fail("TLS failed");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    String message = cause.getMessage();
    fail(message == null ? cause.getClass().getSimpleName() : message);
    ctx.close();
  }
}
