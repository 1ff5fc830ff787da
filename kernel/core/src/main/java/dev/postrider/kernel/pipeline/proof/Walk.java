package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path so far.
 *
 * @param before the path without its last step
 * @param state where it has come to
 * @param by the entry that sent the mail to another processor, where the last step did
 * @param jumped whether the last step led to another processor
 * @param presumed by the last step
 */
record Walk(
    @Nullable Walk before,
    PathSearch.State state,
    Optional<Entry> by,
    boolean jumped,
    List<Presumption> presumed) {

  static Walk start(String processor, Knowledge knowledge) {
    return new Walk(
        null,
        new PathSearch.State(processor, 0, knowledge, Optional.empty()),
        Optional.empty(),
        true,
        List.of());
  }

  /** The same place, with more presumed. */
  Walk presuming(Cases.Case so) {
    return here(so.knowledge(), state.mark(), so.presumed());
  }

  Walk failing(String what, Entry entry) {
    return here(state.knowledge(), state.mark(), List.of(new Presumption.Fails(what, entry)));
  }

  /** The same path, with less known at its end. */
  Walk knowing(Knowledge knowledge) {
    return new Walk(
        before,
        new PathSearch.State(state.processor(), state.index(), knowledge, state.mark()),
        by,
        jumped,
        presumed);
  }

  Walk marked(Optional<Entry> mark) {
    return here(state.knowledge(), mark, List.of());
  }

  private Walk here(Knowledge knowledge, Optional<Entry> mark, List<Presumption> more) {
    return new Walk(
        this,
        new PathSearch.State(state.processor(), state.index(), knowledge, mark),
        Optional.empty(),
        false,
        more);
  }

  Walk next(Cases.Case so) {
    return presuming(so).next();
  }

  Walk next() {
    return next(state.knowledge());
  }

  Walk next(Knowledge knowledge) {
    return new Walk(
        this,
        new PathSearch.State(state.processor(), state.index() + 1, knowledge, state.mark()),
        Optional.empty(),
        false,
        List.of());
  }

  Walk to(String processor, Optional<Entry> entry, Knowledge knowledge) {
    return new Walk(
        this, new PathSearch.State(processor, 0, knowledge, state.mark()), entry, true, List.of());
  }

  /** The path to an entry in which something happens. */
  Violation violation(Entry last) {
    Deque<String> steps = new ArrayDeque<>();
    Deque<List<Presumption>> all = new ArrayDeque<>();
    for (Walk at = this; at != null; at = at.before()) {
      all.addFirst(at.presumed());
      if (at.jumped()) {
        steps.addFirst(at.state().processor());
        at.by().map(Endings::shown).ifPresent(steps::addFirst);
      }
    }
    steps.addLast(Endings.shown(last));
    return new Violation(
        last,
        state.mark(),
        new ArrayList<>(steps),
        all.stream().flatMap(List::stream).toList(),
        state.knowledge());
  }
}
