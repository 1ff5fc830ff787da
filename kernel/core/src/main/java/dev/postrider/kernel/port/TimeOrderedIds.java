package dev.postrider.kernel.port;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Ids of 24 characters from {@code 0-9a-z}: 9 of the milliseconds since 1970, 3 of a counter, 12
 * random ones. Ids of one instance sort in the order they were made.
 */
public final class TimeOrderedIds implements Ids {

  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int COUNTER_LIMIT = 36 * 36 * 36;

  /** 36 to the power of 12: one draw for all random characters. */
  private static final long RANDOM_LIMIT = 4_738_381_338_321_616_896L;

  private final InstantSource clock;
  private final RandomGenerator random;
  private long lastMillis;
  private int counter;

  /** The random source should be a secure one, so that ids can't be guessed. */
  public TimeOrderedIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public synchronized String next() {
    long now = Math.max(clock.millis(), lastMillis);
    counter = now == lastMillis ? counter + 1 : 0;
    if (counter == COUNTER_LIMIT) {
      now++;
      counter = 0;
    }
    lastMillis = now;
    char[] out = new char[24];
    write(out, 0, 9, now);
    write(out, 9, 3, counter);
    write(out, 12, 12, random.nextLong(RANDOM_LIMIT));
    return new String(out);
  }

  private static void write(char[] out, int from, int width, long value) {
    long rest = value;
    for (int i = from + width - 1; i >= from; i--) {
      out[i] = DIGITS.charAt((int) (rest % 36));
      rest /= 36;
    }
  }
}
