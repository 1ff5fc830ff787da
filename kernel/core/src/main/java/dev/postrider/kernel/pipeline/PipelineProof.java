package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.problem.Place;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.ProcessorName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proves at load that each way through a pipeline ends: every processor that can be reached has a
 * last word for all recipients, every target exists, nothing goes round in a circle, no entry is
 * written in vain. {@code connect}, {@code sender} and {@code recipient} may fall off the end, and
 * {@code message} goes on with {@code root}.
 */
public final class PipelineProof {
  private static final Set<String> MAY_FALL_OFF =
      Set.of(Pipeline.CONNECT, Pipeline.SENDER, Pipeline.RECIPIENT, Pipeline.MESSAGE);
  private static final List<String> STARTS =
      List.of(
          Pipeline.ROOT,
          Pipeline.ERROR,
          Pipeline.BOUNCES,
          Pipeline.MESSAGE,
          Pipeline.CONNECT,
          Pipeline.SENDER,
          Pipeline.RECIPIENT);

  /** How a mail comes into a processor; no entry for where a mail starts. */
  private record Way(@Nullable Way before, String processor, @Nullable Entry by) {}

  private final Pipeline pipeline;
  private final Place file;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Way> reached = new HashMap<>();

  private PipelineProof(Pipeline pipeline, Place file) {
    this.pipeline = pipeline;
    this.file = file;
  }

  /**
   * All problems of a pipeline, by place; none when it may be used.
   *
   * @param file named where a problem has no line
   */
  public static List<Problem> check(Pipeline pipeline, Place file) {
    PipelineProof proof = new PipelineProof(pipeline, file);
    proof.required();
    proof.targets();
    proof.reach();
    proof.ends();
    proof.circles();
    proof.inVain();
    proof.problems.sort(Comparator.comparingInt(problem -> problem.place().line()));
    return List.copyOf(proof.problems);
  }

  private void required() {
    for (String name : List.of(Pipeline.ROOT, Pipeline.ERROR)) {
      if (pipeline.processor(name).isEmpty()) {
        String why =
            name.equals(Pipeline.ROOT) ? "every mail starts there" : "failed plugins lead there";
        problems.add(
            new Problem(
                file,
                "there is no processor '" + name + "', but " + why,
                "add <processor state=\"" + name + "\">"));
      }
    }
  }

  private void targets() {
    for (Processor processor : pipeline.processors().values()) {
      for (Entry entry : processor.entries()) {
        entry.targets().forEach(target -> target(entry, target, "goes to"));
        if (entry.onMatchException() instanceof OnException.GoTo(var target)) {
          target(entry, target, "goes on a match exception to");
        }
        if (entry.onMailetException() instanceof OnException.GoTo(var target)) {
          target(entry, target, "goes on a mailet exception to");
        }
      }
    }
  }

  private void target(Entry entry, ProcessorName target, String how) {
    // A missing error processor is a problem of its own, not one of each entry.
    if (pipeline.processor(target.name()).isEmpty() && !target.name().equals(Pipeline.ERROR)) {
      problems.add(
          new Problem(
              entry.place(),
              entry.mailetText() + " " + how + " processor '" + target + "', which does not exist",
              Spelling.nearest(target.name(), pipeline.processors().keySet())
                  .map(near -> "did you mean '" + near + "'?")
                  .orElse("add <processor state=\"" + target + "\">")));
    }
  }

  private void reach() {
    Deque<Way> open = new ArrayDeque<>();
    STARTS.forEach(name -> open.add(new Way(null, name, null)));
    while (!open.isEmpty()) {
      Way way = open.poll();
      Optional<Processor> processor = pipeline.processor(way.processor());
      if (processor.isPresent() && reached.putIfAbsent(way.processor(), way) == null) {
        for (Entry entry : processor.get().entries()) {
          exits(entry).forEach(target -> open.add(new Way(way, target.name(), entry)));
          if (alwaysEnds(entry)) {
            break;
          }
        }
      }
    }
  }

  private static List<ProcessorName> exits(Entry entry) {
    List<ProcessorName> out = new ArrayList<>(entry.targets());
    if (!entry.matchesEverything() && entry.onMatchException() instanceof OnException.GoTo go) {
      out.add(go.processor());
    }
    if (entry.onMailetException() instanceof OnException.GoTo go) {
      out.add(go.processor());
    }
    return out;
  }

  private void ends() {
    for (Way way : reached.values()) {
      Processor processor = pipeline.processor(way.processor()).orElseThrow();
      if (!MAY_FALL_OFF.contains(processor.name())
          && processor.entries().stream().noneMatch(PipelineProof::isLastWord)) {
        problems.add(
            new Problem(
                processor.place(),
                "mail can fall off the end of processor '"
                    + processor.name()
                    + "': "
                    + described(way, processor),
                "end it with an entry for all that decides, such as"
                    + " <mailet match=\"All\" class=\"Hold\"/>"));
      }
    }
  }

  private static String described(Way way, Processor last) {
    Deque<String> parts = new ArrayDeque<>();
    for (Way at = way; at != null; at = at.before()) {
      parts.addFirst(at.processor());
      if (at.by() != null) {
        parts.addFirst(at.by() + " (" + at.by().place() + ")");
      }
    }
    if (last.entries().isEmpty()) {
      parts.addLast("no entry");
    } else {
      Entry entry = last.entries().getLast();
      String passes = isDecisive(entry) ? " does not match" : " goes on";
      parts.addLast(entry + " (" + entry.place() + ")" + passes);
    }
    parts.addLast("falls off");
    return String.join(" → ", parts);
  }

  private void circles() {
    Set<String> told = new HashSet<>();
    for (Processor start : pipeline.processors().values()) {
      List<String> path = new ArrayList<>();
      Optional<Processor> at = Optional.of(start);
      while (at.isPresent() && !path.contains(at.get().name())) {
        path.add(at.get().name());
        at = surelyNext(at.get());
      }
      if (at.isPresent() && at.get().name().equals(start.name()) && told.addAll(path)) {
        path.add(start.name());
        Entry entry =
            start.entries().stream().filter(PipelineProof::isJump).findFirst().orElseThrow();
        problems.add(
            new Problem(
                entry.place(),
                "mail goes round in a circle: " + String.join(" → ", path),
                "let one of these processors end with a decision"));
      }
    }
  }

  private Optional<Processor> surelyNext(Processor processor) {
    return processor.entries().stream()
        .filter(PipelineProof::isLastWord)
        .findFirst()
        .filter(PipelineProof::isJump)
        .flatMap(entry -> pipeline.processor(entry.targets().getFirst().name()));
  }

  private void inVain() {
    for (Processor processor : pipeline.processors().values()) {
      Entry end = null;
      for (Entry entry : processor.entries()) {
        if (end != null) {
          problems.add(
              new Problem(
                  entry.place(),
                  "%s is never reached: %s (%s) decides for every mail before it"
                      .formatted(entry, end, end.place()),
                  "move it up or remove it"));
          break;
        }
        if (alwaysEnds(entry)) {
          end = entry;
        }
      }
    }
  }

  private static boolean isDecisive(Entry entry) {
    return entry.terminal();
  }

  /** Decides for every mail, unless the mailet fails. */
  private static boolean isLastWord(Entry entry) {
    return entry.matchesEverything() && isDecisive(entry);
  }

  /** Nothing gets past it, failures included. */
  private static boolean alwaysEnds(Entry entry) {
    return isLastWord(entry)
        && !(entry.onMailetException() instanceof OnException.Skip
            || entry.onMailetException() instanceof OnException.MatchAll);
  }

  // Other mailets name processors too, for some of their mail; this one does nothing else.
  private static boolean isJump(Entry entry) {
    return isLastWord(entry)
        && entry.targets().size() == 1
        && entry.mailetText().equals("ToProcessor");
  }
}
