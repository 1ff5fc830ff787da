package dev.postrider.plugin.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. Thread-safe. */
public final class FixedClock implements InstantSource {

  private volatile Instant now;

  private FixedClock(Instant start) {
    now = start;
  }

  /** A clock that stands at this instant, such as {@code 2026-11-23T12:00:00Z}. */
  public static FixedClock at(String instant) {
    return at(Instant.parse(instant));
  }

  /** A clock that stands at this instant. */
  public static FixedClock at(Instant instant) {
    return new FixedClock(instant);
  }

  /** Moves it on. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
