package dev.postrider.plugin.service;

import java.time.Duration;

/**
 * Figures that a plugin shows to the admin, who reads them with the server's own at {@code GET
 * /metrics} of the admin listener, under {@code plugin_PLUGIN_NAME}. They begin at zero with each
 * start of the server.
 *
 * <p>Names are 1 to 64 letters, digits, {@code _} and {@code .}, a letter first. A figure may be
 * parted by one tag, whose values should be few: a word, never an address. At most {@value
 * #MAX_FIGURES} figures per plugin, tag values counted; what goes beyond is counted nowhere and the
 * log says so once.
 *
 * <p>Thread: any. Time: adding takes less than a microsecond; ask for a figure once, in the
 * constructor. Ownership: nothing to close; asking again gives the same figure. Failure: a name or
 * tag that is not allowed, or a name that is of another kind or has another tag already, is an
 * {@link IllegalArgumentException}; adding never fails.
 *
 * @since 1.0
 */
public interface Meters {

  /** Figures per plugin at most. */
  int MAX_FIGURES = 500;

  /** A figure that only grows. */
  @FunctionalInterface
  interface Counter {
    /** Adds; negative amounts are ignored. */
    void add(double amount);

    /** Adds one. */
    default void increment() {
      add(1);
    }
  }

  /** How often something happened and how long it took. */
  @FunctionalInterface
  interface Timer {
    /** Notes one span; negative ones are ignored. */
    void record(Duration span);
  }

  /** A figure that goes up and down. */
  @FunctionalInterface
  interface Gauge {
    /** What it is now. */
    void set(double value);
  }

  /** A counter. */
  Counter counter(String name);

  /** A counter for one value of a tag. */
  Counter counter(String name, String tag, String value);

  /** A timer. */
  Timer timer(String name);

  /** A timer for one value of a tag. */
  Timer timer(String name, String tag, String value);

  /** A gauge. */
  Gauge gauge(String name);

  /** A gauge for one value of a tag. */
  Gauge gauge(String name, String tag, String value);
}
