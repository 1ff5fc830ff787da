package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.plugin.service.Elsewhere;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The answers from elsewhere that a test states; to every other question there is none.
 *
 * @param answers by question; empty where the answer is that nobody answers
 */
record StagedElsewhere(Map<String, Optional<String>> answers) implements Elsewhere {

  StagedElsewhere {
    answers = Map.copyOf(answers);
  }

  @Override
  public <T> T ask(
      String question, Source<T> source, Function<T, String> write, Function<String, T> read)
      throws IOException {
    Optional<String> stated = answers.get(question);
    if (stated == null) {
      throw new IOException("the test states no <answer to=\"" + question + "\">");
    }
    if (stated.isEmpty()) {
      throw new IOException("nobody answers, says the test");
    }
    return read.apply(stated.get());
  }
}
