package dev.postrider.protocol.line;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/** The channel as a session sees it. Event loop only, where not said otherwise. */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes and closes show as channelInactive
final class Wire {
  private static final long LINGER_MILLIS = 2_000;
  private static final long LINGER_OCTETS = 4L << 20;

  private final ChannelHandlerContext ctx;
  private final ReplyWriter writer;
  private final ChannelOutput output;
  private final Alarm alarm;
  private final ProgressWindow window;
  private long lingered;

  Wire(ChannelHandlerContext ctx, Pace pace, Runnable due) {
    this.ctx = ctx;
    this.alarm = new Alarm(ctx.executor(), () -> guarded(due));
    this.window = new ProgressWindow(alarm, pace.leastOctetsPerMinute());
    this.writer = new ReplyWriter(ctx, pace.write().toNanos(), ctx.channel()::close);
    this.output = new ChannelOutput(writer);
  }

  ChannelHandlerContext ctx() {
    return ctx;
  }

  Channel channel() {
    return ctx.channel();
  }

  Alarm alarm() {
    return alarm;
  }

  ProgressWindow window() {
    return window;
  }

  ChannelOutput output() {
    return output;
  }

  /** Runs the task on the event loop; from any thread. */
  void onLoop(Runnable task) {
    ctx.executor().execute(() -> guarded(task));
  }

  /** A task that fails outside of an event must end the connection like one that fails within. */
  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      ctx.pipeline().fireExceptionCaught(e);
    }
  }

  void read() {
    ctx.read();
  }

  void reply(String text) {
    writer.reply(text);
  }

  void flush() {
    writer.flush();
    writer.watch();
  }

  /** Ends the connection if the peer takes nothing of what is being written for too long. */
  void watch() {
    writer.watch();
  }

  /** As {@link #flush}, from any thread, ahead of what that thread writes next. */
  void flushFirst() {
    if (ctx.executor().inEventLoop()) {
      flush();
    } else {
      ctx.executor().execute(this::flush);
    }
  }

  /** True if replies are gathered no faster than the peer takes them. */
  boolean flowing() {
    if (!channel().isWritable()) {
      writer.flush();
    }
    return channel().isWritable();
  }

  /** Runs the task once all that was replied is handed to the socket. */
  void afterFlush(Runnable task) {
    flush();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> guarded(task));
  }

  /**
   * Ends the connection so that the peer can read the last reply, and what a question wrote before,
   * at the pace at which any writing may go.
   */
  void end(boolean encrypted, boolean inputEnded) {
    alarm.clear();
    afterFlush(() -> shutDown(encrypted || inputEnded));
  }

  /** A close with unread input would reset the connection and take the last reply with it. */
  private void shutDown(boolean atOnce) {
    if (!atOnce && channel() instanceof DuplexChannel duplex && channel().isActive()) {
      alarm.set(TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS));
      duplex.shutdownOutput();
      ctx.read();
    } else {
      ctx.close();
    }
  }

  /** Input after the end. */
  void linger(int octets) {
    lingered += octets;
    if (lingered > LINGER_OCTETS) {
      ctx.close();
    } else {
      ctx.read();
    }
  }

  void gone() {
    alarm.cancel();
    output.changed();
    writer.release();
  }
}
