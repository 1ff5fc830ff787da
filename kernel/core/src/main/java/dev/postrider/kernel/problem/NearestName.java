package dev.postrider.kernel.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** What somebody probably meant. */
public final class NearestName {

  private static final int LISTED = 16;

  private NearestName() {}

  /** The known name that differs least, where it differs by no more than a slip or two. */
  public static Optional<String> of(String written, Collection<String> known) {
    String lower = written.toLowerCase(Locale.ROOT);
    int allowed = written.length() < 4 ? 1 : Math.max(2, written.length() / 3);
    return known.stream()
        .filter(name -> distance(lower, name) <= allowed)
        .min(
            Comparator.comparingInt((String name) -> distance(lower, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** A suggestion for a message: the nearest name, or all where they are few. */
  public static String suggestion(String written, Collection<String> known) {
    Optional<String> nearest = of(written, known);
    if (nearest.isPresent()) {
      return "did you mean '" + nearest.get() + "'?";
    }
    if (known.isEmpty()) {
      return "remove it";
    }
    return known.size() > LISTED ? "" : "known here: " + String.join(", ", new TreeSet<>(known));
  }

  // Levenshtein, one row at a time; names have at most 64 characters.
  private static int distance(String lower, String name) {
    String other = name.toLowerCase(Locale.ROOT);
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= lower.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int substituted = diagonal + (lower.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
