package dev.postrider.plugin.testkit;

import dev.postrider.plugin.service.Meters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Figures that a test can read. One with a tag is read as {@code name{tag=value}}. Thread-safe. */
public final class RecordingMeters implements Meters {

  private final Map<String, Double> values = new HashMap<>();
  private final Map<String, List<Duration>> spans = new HashMap<>();

  /** All at zero. */
  public RecordingMeters() {}

  /** What a counter came to, or a gauge was set to last; 0 where there is none of that name. */
  public synchronized double value(String figure) {
    return values.getOrDefault(figure, 0.0);
  }

  /** What a timer was told. */
  public synchronized List<Duration> spans(String figure) {
    return List.copyOf(spans.getOrDefault(figure, List.of()));
  }

  @Override
  public Counter counter(String name) {
    return amount -> add(name, amount);
  }

  @Override
  public Counter counter(String name, String tag, String value) {
    return counter(tagged(name, tag, value));
  }

  @Override
  public Timer timer(String name) {
    return span -> add(name, span);
  }

  @Override
  public Timer timer(String name, String tag, String value) {
    return timer(tagged(name, tag, value));
  }

  @Override
  public Gauge gauge(String name) {
    return value -> set(name, value);
  }

  @Override
  public Gauge gauge(String name, String tag, String value) {
    return gauge(tagged(name, tag, value));
  }

  private synchronized void add(String figure, double amount) {
    if (amount > 0) {
      values.merge(figure, amount, Double::sum);
    }
  }

  private synchronized void add(String figure, Duration span) {
    spans.computeIfAbsent(figure, name -> new ArrayList<>()).add(span);
  }

  private synchronized void set(String figure, double value) {
    values.put(figure, value);
  }

  private static String tagged(String name, String tag, String value) {
    return name + "{" + tag + "=" + value + "}";
  }
}
