package dev.postrider.plugin.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;

/**
 * Runs a trial with one seed after the other; what a seed throws is an {@link AssertionError} that
 * names it, so that the trial can be run again with that seed alone.
 *
 * <pre>{@code
 * Fuzz.of("dates", random -> MailDate.read(Fuzz.changed(random, DATE, List.of(" ", "+"))))
 *     .seeds(1, 3_000);
 * }</pre>
 *
 * @param name for a person
 * @param trial what is run
 * @since 1.1
 */
public record Fuzz(String name, Trial trial) {

  /** What is run with a seed. */
  @FunctionalInterface
  public interface Trial {
    /** Throws where something is wrong. */
    void run(Random random) throws IOException;
  }

  /** A trial and its name. */
  public static Fuzz of(String name, Trial trial) {
    return new Fuzz(name, trial);
  }

  /** Runs it with so many seeds. */
  public void seeds(long first, int count) {
    run(first, seed -> seed < first + count);
  }

  /** Runs it with as many seeds as there is time for, and prints how many these were. */
  public void seeds(long first, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    long next = run(first, _ -> System.nanoTime() < end);
    System.out.printf("%s: %d seeds from %d on%n", name, next - first, first);
  }

  private long run(long first, LongPredicate more) {
    long seed = first;
    for (; more.test(seed); seed++) {
      try {
        trial.run(new Random(seed));
      } catch (IOException | RuntimeException | AssertionError e) {
        throw new AssertionError(name + " fails with the seed " + seed, e);
      }
    }
    return seed;
  }

  /**
   * The text with one to six changes: a character set, a piece put in, a stretch left out, doubled
   * or put elsewhere. Characters are octets, U+0000 to U+00FF.
   *
   * @param pieces that mean something to who reads the text
   */
  public static String changed(Random random, String text, List<String> pieces) {
    StringBuilder out = new StringBuilder(text);
    for (int i = random.nextInt(6); i >= 0 && !out.isEmpty(); i--) {
      int at = random.nextInt(out.length());
      int end = Math.min(out.length(), at + random.nextInt(30));
      switch (random.nextInt(5)) {
        case 0 -> out.setCharAt(at, (char) random.nextInt(256));
        case 1 -> out.insert(at, pieces.get(random.nextInt(pieces.size())));
        case 2 -> out.delete(at, end);
        case 3 -> out.insert(at, out.substring(at, end));
        default -> out.insert(random.nextInt(out.length()), out.substring(at, end));
      }
    }
    return out.toString();
  }
}
