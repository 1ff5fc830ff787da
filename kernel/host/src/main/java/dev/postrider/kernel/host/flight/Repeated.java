package dev.postrider.kernel.host.flight;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Gives the answers that were noted and never asks for real: to the same question the same answers
 * in the same order, the last one again where it is asked more often.
 */
final class Repeated implements Outside {

  private record Question(String kind, String text) {}

  private final Map<Question, Deque<Answered>> answers = new HashMap<>();
  private final Set<String> unknown = new TreeSet<>();

  Repeated(List<Answered> noted) {
    for (Answered each : noted) {
      answers
          .computeIfAbsent(new Question(each.kind(), each.question()), none -> new ArrayDeque<>())
          .add(each);
    }
  }

  @Override
  public synchronized <T> T answer(Kind<T> kind, String question, Supplier<T> live) {
    Deque<Answered> noted = answers.get(new Question(kind.name(), question));
    if (noted == null) {
      unknown.add(kind.name() + " " + question);
      return kind.unknown().get();
    }
    Answered next = noted.size() > 1 ? noted.removeFirst() : noted.getFirst();
    return kind.read().apply(next.answer());
  }

  @Override
  public boolean changed(String change, Supplier<Boolean> live) {
    return answer(Kind.CHANGE, change, live);
  }

  /** What was asked and never noted. */
  synchronized Set<String> unknown() {
    return Set.copyOf(unknown);
  }
}
