package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.problem.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names each mailet in use that does not declare what it does, once. */
final class Undeclared {

  private Undeclared() {}

  static void check(Pipeline pipeline, Reached reached, List<Problem> notices) {
    Set<String> told = new HashSet<>();
    pipeline.processors().values().stream()
        .filter(reached::contains)
        .flatMap(processor -> processor.entries().stream())
        .filter(entry -> entry.does().isEmpty())
        .filter(entry -> told.add(entry.mailetText()))
        .forEach(entry -> notices.add(notice(entry)));
  }

  private static Problem notice(Entry entry) {
    return new Problem(
        entry.place(),
        "nothing is proved of what '%s' does to a mail: its author does not say (@Does)"
            .formatted(entry.mailetText()),
        "read its documentation for whether it relays, answers, or changes sender, recipients or"
            + " body, and say it with does=\"…\"");
  }
}
