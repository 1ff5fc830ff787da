package dev.postrider.protocol.line;

import java.util.concurrent.TimeUnit;

/** A minute in which a peer has to send some of the content it announced. Event loop only. */
final class ProgressWindow {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final Alarm alarm;
  private final long leastOctets;
  private long before;

  ProgressWindow(Alarm alarm, long leastOctets) {
    this.alarm = alarm;
    this.leastOctets = leastOctets;
  }

  /** Begins now; the alarm goes off at its end. */
  void open(LineFramer framer) {
    before = framer.contentOctets();
    alarm.set(MINUTE);
  }

  /** True if enough came since it was opened. */
  boolean progressed(LineFramer framer) {
    return framer.contentOctets() - before >= leastOctets;
  }
}
