package dev.postrider.kernel.host.flight;

import dev.postrider.plugin.service.Elsewhere;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers from elsewhere that go past {@link Outside}, as text. */
record ObservedElsewhere(Elsewhere elsewhere) implements Elsewhere {

  /**
   * An answer as text, or why there is none.
   *
   * @param text where there is one
   * @param failure where there is none
   */
  record Told(@Nullable String text, String failure) {}

  @Override
  public <T> T ask(
      String question, Source<T> source, Function<T, String> write, Function<String, T> read)
      throws IOException {
    if (!Outside.CURRENT.isBound()) {
      return elsewhere.ask(question, source, write, read);
    }
    AtomicReference<@Nullable T> live = new AtomicReference<>();
    Told told =
        Outside.ask(
            Kind.ELSEWHERE,
            () -> question,
            () -> {
              try {
                T answer = elsewhere.ask(question, aside(source), write, read);
                live.set(answer);
                return told(write.apply(answer));
              } catch (IOException e) {
                return new Told(null, String.valueOf(e.getMessage()));
              }
            });
    T answer = live.get();
    if (answer != null) {
      return answer;
    }
    if (told.text() == null) {
      throw new IOException(told.failure());
    }
    return Objects.requireNonNull(read.apply(told.text()));
  }

  // The answer is what is noted: what the source asks of other services to find it is not.
  private static <T> Source<T> aside(Source<T> source) {
    Outside outer = Outside.CURRENT.get();
    return () -> ScopedValue.where(Outside.CURRENT, outer.aside()).call(source::ask);
  }

  private static Told told(String text) {
    return text.length() > MAX_TEXT
        ? new Told(null, "the answer was too large to be recorded")
        : new Told(text, "");
  }
}
