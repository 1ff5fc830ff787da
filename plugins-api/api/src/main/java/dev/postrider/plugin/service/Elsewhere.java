package dev.postrider.plugin.service;

import java.io.IOException;
import java.util.function.Function;

/**
 * Questions to something that the host has no service for: a daemon at a socket, a file that others
 * write. A plugin asks through this, so that a test of the pipeline can state the answer ({@code
 * <answer to="…">}) and a replay repeats the one of then, with the network off. Of what the source
 * asks of other services meanwhile nothing is recorded.
 *
 * <p>Thread: any virtual thread. Time: as long as the source takes; the caller bounds it.
 * Ownership: nothing is kept but the text of the answer, where a run is recorded, up to {@value
 * #MAX_TEXT} characters. Failure: what the source throws; in a test and in a replay also an {@link
 * IOException} that says that there is no answer.
 *
 * @since 1.0
 */
public interface Elsewhere {

  /** Characters of an answer up to which it is recorded. */
  int MAX_TEXT = 1 << 20;

  /** Asks for real. */
  @FunctionalInterface
  interface Source<T> {
    /** The answer. */
    T ask() throws IOException;
  }

  /**
   * An answer.
   *
   * @param question who is asked, such as {@code milter inet:127.0.0.1:11332}; within one run the
   *     same question may be asked several times
   * @param source asks for real; not called in tests and replays
   * @param write the answer as text
   * @param read the answer from that text
   * @throws IOException when there is none
   */
  <T> T ask(String question, Source<T> source, Function<T, String> write, Function<String, T> read)
      throws IOException;

  /** Always asks for real, as where nothing is recorded. */
  static Elsewhere live() {
    return new Elsewhere() {
      @Override
      public <T> T ask(
          String question, Source<T> source, Function<T, String> write, Function<String, T> read)
          throws IOException {
        return source.ask();
      }
    };
  }
}
