package dev.postrider.kernel.host.flight;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Asks for real and notes each answer. Written by the thread of the run or of a plugin. */
final class Noted implements Outside {

  private static final int LIMIT = 10_000;

  private final List<Answered> answers = new ArrayList<>();

  @Override
  public <T> T answer(Kind<T> kind, String question, Supplier<T> live) {
    T answer = live.get();
    note(new Answered(kind.name(), question, kind.write().apply(answer)));
    return answer;
  }

  @Override
  public boolean changed(String change, Supplier<Boolean> live) {
    return answer(Kind.CHANGE, change, live);
  }

  private synchronized void note(Answered answered) {
    if (answers.size() < LIMIT) {
      answers.add(answered);
    }
  }

  synchronized List<Answered> answers() {
    return List.copyOf(answers);
  }
}
