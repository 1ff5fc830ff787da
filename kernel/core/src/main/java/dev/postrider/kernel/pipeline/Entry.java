package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.ProcessorName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One line of a processor: for whom, and what.
 *
 * @param place where it is written
 * @param matchText as written: {@code SizeGreaterThan=10m}; {@code All} where none is given
 * @param matcher for whom
 * @param criterion what is known of when the matcher matches
 * @param mailetText the mailet's name as written
 * @param mailet what
 * @param terminal whether the mailet is known never to continue
 * @param does all that the mailet may do, where its author says so
 * @param targets processors that the mailet may go to, from its parameters
 * @param onMatchException what to do when the matcher fails
 * @param onMailetException what to do when the mailet fails
 */
public record Entry(
    Place place,
    String matchText,
    Matcher matcher,
    Criterion criterion,
    String mailetText,
    Mailet mailet,
    boolean terminal,
    Optional<Set<Action>> does,
    List<ProcessorName> targets,
    OnException onMatchException,
    OnException onMailetException) {

  /** Copies the collections. */
  public Entry {
    does = does.map(Set::copyOf);
    targets = List.copyOf(targets);
  }

  /** Whether the matcher is known to match every recipient. */
  public boolean matchesEverything() {
    return criterion instanceof Criterion.Always;
  }

  /** {@code match=… class=…}, for the trace. */
  @Override
  public String toString() {
    return "match=\"" + matchText + "\" class=\"" + mailetText + "\"";
  }
}
