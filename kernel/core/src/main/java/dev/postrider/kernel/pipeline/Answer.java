package dev.postrider.kernel.pipeline;

import java.util.Optional;

/** What a call of a plugin came to. */
sealed interface Answer<T> {
  /** It answered sense. */
  record Given<T>(T value) implements Answer<T> {}

  /** It threw, hung, answered nonsense, or was not called because it did so before. */
  record Failed<T>(String reason, Optional<Throwable> cause) implements Answer<T> {}

  /** Its turn did not come in time: other calls of it computed. It is not to blame for more. */
  record NotCalled<T>(String reason) implements Answer<T> {}

  /** Thrown in place of an answer that makes no sense; its message says why. */
  final class Nonsense extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Nonsense(String message) {
      super(message, null, false, false);
    }
  }
}
