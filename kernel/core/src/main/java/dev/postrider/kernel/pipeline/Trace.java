package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Recipient;
import java.util.List;

/**
 * Each step of a run, for people.
 *
 * @param steps in the order they were worked off; the parts of a mail that was split are worked off
 *     one after the other
 */
public record Trace(List<TraceStep> steps) {
  /** Of a run that was not traced. */
  public static final Trace NONE = new Trace(List.of());

  private static final int SHOWN = 5;

  /** Copies the list. */
  public Trace {
    steps = List.copyOf(steps);
  }

  /** The steps as a tree, then the plan, as lines of text. */
  public List<String> lines(Plan plan) {
    return new TraceText(steps).lines(plan);
  }

  /**
   * Entries that did not apply, those first of whose conditions the most did.
   *
   * @param limit how many at most
   */
  public List<NearMiss> nearMisses(int limit) {
    return NearMiss.of(steps, limit);
  }

  /** The first recipients, and how many more. */
  static String names(List<Recipient> recipients) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < recipients.size() && i < SHOWN; i++) {
      out.append(i == 0 ? "" : ", ").append(recipients.get(i));
    }
    int more = recipients.size() - SHOWN;
    return more > 0 ? out.append(" and ").append(more).append(" more").toString() : out.toString();
  }
}
