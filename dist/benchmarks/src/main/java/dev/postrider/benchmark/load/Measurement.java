package dev.postrider.benchmark.load;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came out of a job. Times in nanoseconds. */
final class Measurement {

  private long[] latencies = new long[1 << 16];
  private int count;
  private long failures;
  private long octets;
  private long connections;
  private long nanos;
  private long backlog;
  private String security = "none";
  private @Nullable String firstFailure;

  void done(long latency) {
    if (count == latencies.length) {
      latencies = Arrays.copyOf(latencies, count * 2);
    }
    latencies[count++] = latency;
  }

  void failed(String why) {
    failures++;
    if (firstFailure == null) {
      firstFailure = why;
    }
  }

  void connected() {
    connections++;
  }

  void octets(int more) {
    octets += more;
  }

  void security(String name) {
    security = name;
  }

  void took(long time) {
    nanos = time;
  }

  /** Messages that were due and not begun at the end. */
  void backlog(long messages) {
    backlog = messages;
  }

  /** Messages that were sent or retrieved. */
  int messages() {
    return count;
  }

  long failures() {
    return failures;
  }

  String firstFailure() {
    return firstFailure == null ? "" : firstFailure;
  }

  /** Octets that came in while retrieving. */
  long octets() {
    return octets;
  }

  /** The latency that this share of the messages did not exceed, in milliseconds. */
  double percentile(double share) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(latencies, count);
    Arrays.sort(sorted);
    return sorted[Math.min(count - 1, (int) Math.ceil(share * count) - 1)] / 1e6;
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"event\": \"done\", \"messages\": %d, \"failed\": %d, \"firstFailure\": \"%s\","
            + " \"seconds\": %.4f, \"rate\": %.2f, \"octets\": %d, \"connections\": %d,"
            + " \"backlog\": %d, \"tls\": \"%s\","
            + " \"latencyMs\": {\"p50\": %.3f, \"p90\": %.3f, \"p99\": %.3f, \"max\": %.3f}}",
        count,
        failures,
        firstFailure().replace('"', '\'').replace('\\', '/'),
        nanos / 1e9,
        nanos == 0 ? 0 : count / (nanos / 1e9),
        octets,
        connections,
        backlog,
        security,
        percentile(0.5),
        percentile(0.9),
        percentile(0.99),
        percentile(1));
  }
}
