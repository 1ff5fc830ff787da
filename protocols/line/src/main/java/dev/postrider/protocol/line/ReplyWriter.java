package dev.postrider.protocol.line;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the replies of a pipelined group into one write, and knows whether the peer takes what is
 * written. Event loop only, except {@link #send}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the listener sees every outcome
final class ReplyWriter {
  private static final int FLUSH_AT = 16 * 1024;

  private final ChannelHandlerContext ctx;
  private final long stallNanos;
  private final Alarm stall;
  private final AtomicInteger unwritten = new AtomicInteger();
  private @Nullable ByteBuf gathered;
  private volatile long progress;
  private volatile boolean broken;

  ReplyWriter(ChannelHandlerContext ctx, long stallNanos, Runnable stalled) {
    this.ctx = ctx;
    this.stallNanos = stallNanos;
    this.stall = new Alarm(ctx.executor(), () -> check(stalled));
  }

  void reply(String text) {
    if (text.isEmpty()) {
      return;
    }
    if (gathered == null) {
      gathered = ctx.alloc().buffer(Math.max(256, text.length()));
    }
    ByteBufUtil.writeUtf8(gathered, text);
    if (gathered.readableBytes() >= FLUSH_AT) {
      flush();
    }
  }

  void flush() {
    ByteBuf out = gathered;
    if (out != null) {
      gathered = null;
      send(out);
      watch();
    }
  }

  /** Starts looking after writes that other threads do. */
  void watch() {
    if (unwritten.get() > 0) {
      stall.set(stallNanos);
    }
  }

  /** Writes at once, from any thread. */
  ChannelFuture send(ByteBuf out) {
    if (unwritten.getAndIncrement() == 0) {
      progress = stall.now();
    }
    return ctx.writeAndFlush(out).addListener(this::written);
  }

  private void written(Future<?> done) {
    progress = stall.now();
    unwritten.decrementAndGet();
    if (!done.isSuccess() && !broken) {
      // A TLS peer that said goodbye leaves the channel active, and no later write can succeed.
      broken = true;
      ctx.close();
    }
  }

  /** True once a write failed; nothing that follows reaches the peer. Any thread. */
  boolean broken() {
    return broken;
  }

  private void check(Runnable stalled) {
    if (unwritten.get() == 0) {
      return;
    }
    long left = stallNanos - (stall.now() - progress);
    if (left > TimeUnit.MILLISECONDS.toNanos(1)) {
      stall.set(left);
    } else {
      stalled.run();
    }
  }

  void release() {
    stall.cancel();
    if (gathered != null) {
      gathered.release();
      gathered = null;
    }
  }

  Channel channel() {
    return ctx.channel();
  }
}
