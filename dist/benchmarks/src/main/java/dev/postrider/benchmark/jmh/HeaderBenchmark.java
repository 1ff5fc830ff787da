package dev.postrider.benchmark.jmh;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Finds the fields of a header, and puts one before them. */
@State(Scope.Thread)
public class HeaderBenchmark {

  private final byte[] letter = Letter.octets();
  private final HeaderField field = HeaderField.of("X-Seen-At", "2026-11-23T12:00:00Z");

  /** The header of a message of 4 KB. */
  @Benchmark
  public int scan() {
    return Message.of(letter).headers().count("Received");
  }

  /** The same, with one more field on top. */
  @Benchmark
  public long scanAndAdd() {
    return Message.of(letter).withHeaders(headers -> headers.withFirst(field)).size();
  }
}
