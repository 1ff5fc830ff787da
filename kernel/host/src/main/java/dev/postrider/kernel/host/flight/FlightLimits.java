package dev.postrider.kernel.host.flight;

import dev.postrider.plugin.ByteSize;

/**
 * How much the flight recorder keeps.
 *
 * @param mails runs of the pipeline, the latest; 0 for none. A quarter more may be there
 * @param size octets on disk
 * @param largestMessage octets of a message up to which it is kept with its body
 * @param perSecond runs that are recorded in one second; more pass unrecorded
 */
public record FlightLimits(int mails, ByteSize size, ByteSize largestMessage, int perSecond) {

  /** Records nothing. */
  public static FlightLimits none() {
    return new FlightLimits(0, new ByteSize(0), new ByteSize(0), 0);
  }

  /** What is used where nothing is configured. */
  public static FlightLimits defaults() {
    return new FlightLimits(1000, new ByteSize(64L << 20), new ByteSize(256L << 10), 200);
  }
}
