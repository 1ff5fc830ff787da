package dev.postrider.kernel.host.xml;

import dev.postrider.kernel.problem.Place;
import dev.postrider.kernel.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, so that a person sees all of them at once. Thread: one. */
public final class Problems {

  private final List<Problem> found = new ArrayList<>();

  /** Adds one; an empty suggestion where there is nothing to suggest. */
  public void add(Place place, String what, String suggestion) {
    add(new Problem(place, what, suggestion));
  }

  /** Adds one; the same one twice counts once. */
  public void add(Problem problem) {
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  /** Adds them all. */
  public void addAll(List<Problem> problems) {
    problems.forEach(this::add);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** By file and line. */
  public List<Problem> sorted() {
    return found.stream()
        .sorted(
            Comparator.comparing((Problem problem) -> problem.place().file())
                .thenComparingInt(problem -> problem.place().line()))
        .toList();
  }
}
