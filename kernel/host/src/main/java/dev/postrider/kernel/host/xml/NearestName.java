package dev.postrider.kernel.host.xml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

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

  private static int distance(String lower, String name) {
    return LevenshteinDistance.getDefaultInstance().apply(lower, name.toLowerCase(Locale.ROOT));
  }
}
