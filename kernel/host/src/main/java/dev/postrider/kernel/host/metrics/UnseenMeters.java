package dev.postrider.kernel.host.metrics;

import dev.postrider.plugin.service.Meters;

/** Figures that nobody sees: for looking a pipeline over. Thread: any. */
public final class UnseenMeters implements Meters {

  /** Figures that nobody sees. */
  public UnseenMeters() {}

  @Override
  public Counter counter(String name) {
    return FigureName.checked(name, unseen -> {});
  }

  @Override
  public Counter counter(String name, String tag, String value) {
    FigureName.checkTag(tag, value);
    return counter(name);
  }

  @Override
  public Timer timer(String name) {
    return FigureName.checked(name, unseen -> {});
  }

  @Override
  public Timer timer(String name, String tag, String value) {
    FigureName.checkTag(tag, value);
    return timer(name);
  }

  @Override
  public Gauge gauge(String name) {
    return FigureName.checked(name, unseen -> {});
  }

  @Override
  public Gauge gauge(String name, String tag, String value) {
    FigureName.checkTag(tag, value);
    return gauge(name);
  }
}
