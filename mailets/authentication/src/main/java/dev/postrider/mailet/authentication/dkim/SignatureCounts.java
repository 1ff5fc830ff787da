package dev.postrider.mailet.authentication.dkim;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** For how many recipients signatures were seen lately; bounded. Thread: any. */
final class SignatureCounts {

  private static final int MAX_SIGNATURES = 20_000;

  private record Count(Instant since, long recipients) {}

  private final Duration window;
  // The one seen longest ago goes first.
  private final Map<String, Count> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > MAX_SIGNATURES;
        }
      };

  SignatureCounts(Duration window) {
    this.window = window;
  }

  /** Adds recipients of a signature and answers how many there were since the window began. */
  synchronized long add(String signature, int recipients, Instant now) {
    Count before = counts.get(signature);
    Count after =
        before == null || !now.isBefore(before.since().plus(window))
            ? new Count(now, recipients)
            : new Count(before.since(), before.recipients() + recipients);
    counts.put(signature, after);
    return after.recipients();
  }

  synchronized int size() {
    return counts.size();
  }
}
