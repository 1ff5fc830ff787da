package dev.postrider.kernel.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One token bucket for each key. A full bucket is the same as none, so where there are too many,
 * the fullest of the least recently used ones is dropped: keys that are made up and used once push
 * out each other, not those that have used up theirs. Thread: any; answers from memory.
 */
final class TokenBuckets<K> {

  /** What came of asking for a token. */
  enum Answer {
    TAKEN,
    /** None was left, for the first time since one was taken. */
    EMPTY,
    /** There is still none. */
    STILL_EMPTY
  }

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final int CANDIDATES = 16;

  /** Tokens are counted by the time in which they come: a full bucket holds a minute. */
  private record Bucket(long nanos, Instant at, boolean refused) {}

  private final InstantSource clock;
  private final int remembered;
  // The least recently used first.
  private final Map<K, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  TokenBuckets(InstantSource clock, int remembered) {
    this.clock = clock;
    this.remembered = remembered;
  }

  /** Takes a token of a bucket that holds {@code perMinute} and fills up within a minute. */
  synchronized Answer take(K key, int perMinute) {
    Instant now = clock.instant();
    Bucket before = buckets.get(key);
    if (before == null && buckets.size() >= remembered) {
      drop(now);
    }
    long nanos = before == null ? MINUTE : filled(before, now);
    long token = MINUTE / perMinute;
    if (nanos >= token) {
      buckets.put(key, new Bucket(nanos - token, now, false));
      return Answer.TAKEN;
    }
    buckets.put(key, new Bucket(nanos, now, true));
    return before != null && before.refused() ? Answer.STILL_EMPTY : Answer.EMPTY;
  }

  private void drop(Instant now) {
    buckets.entrySet().stream()
        .limit(CANDIDATES)
        .max(Comparator.comparingLong(each -> filled(each.getValue(), now)))
        .map(Map.Entry::getKey)
        .ifPresent(buckets::remove);
  }

  private static long filled(Bucket bucket, Instant now) {
    Duration since = Duration.between(bucket.at(), now);
    // A clock that is set back gives nothing and takes nothing.
    return since.isNegative()
        ? bucket.nanos()
        : since.compareTo(Duration.ofMinutes(1)) >= 0
            ? MINUTE
            : Math.min(MINUTE, bucket.nanos() + since.toNanos());
  }

  synchronized int size() {
    return buckets.size();
  }
}
