package dev.postrider.benchmark.jmh;

import dev.postrider.protocol.line.Frame;
import dev.postrider.protocol.line.Framing;
import dev.postrider.protocol.line.LineFramer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Lines of a dialogue, and content with its dots removed. */
@State(Scope.Thread)
public class FramingBenchmark {

  private final byte[] lines =
      "MAIL FROM:<alice@elsewhere.test> SIZE=4096\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private final byte[] content;

  /** Prepares the octets. */
  public FramingBenchmark() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Letter.octets());
    out.writeBytes("..a line with a dot\r\n.\r\n".getBytes(StandardCharsets.US_ASCII));
    content = out.toByteArray();
  }

  /** Three commands in one piece. */
  @Benchmark
  public void threeCommands(Blackhole hole) {
    LineFramer framer = new LineFramer(4096);
    take(framer, Unpooled.wrappedBuffer(lines), hole);
  }

  /** A message of 4 KB in one piece. */
  @Benchmark
  public void contentOf4K(Blackhole hole) {
    LineFramer framer = new LineFramer(4096);
    framer.receive(new Framing.Dots(1 << 20));
    take(framer, Unpooled.wrappedBuffer(content), hole);
  }

  private static void take(LineFramer framer, ByteBuf octets, Blackhole hole) {
    framer.feed(octets);
    for (Frame frame = framer.next(); frame != null; frame = framer.next()) {
      hole.consume(frame);
    }
    framer.discard();
  }
}
