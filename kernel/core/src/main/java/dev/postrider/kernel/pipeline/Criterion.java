package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Combination;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Matcher;
import java.util.List;
import java.util.Optional;

/** What is known at load about when the matcher of an entry matches a recipient. */
public sealed interface Criterion {

  /** Every recipient of every mail. */
  record Always() implements Criterion {}

  /**
   * If and only if a fact holds, as the matcher's author declares it.
   *
   * @param fact which
   * @param inverted whether it matches where the fact does not hold
   * @param text the matcher as written
   * @param matcher itself, so that it can be asked
   */
  record Decided(Fact fact, boolean inverted, String text, Matcher matcher) implements Criterion {}

  /**
   * Made of others.
   *
   * @param how one answer comes of theirs
   * @param parts at least one
   */
  record Combined(Combination how, List<Criterion> parts) implements Criterion {
    /** Copies the list. */
    public Combined {
      parts = List.copyOf(parts);
    }
  }

  /**
   * The matcher's author does not say.
   *
   * @param text the matcher as written
   */
  record Unsaid(String text) implements Criterion {}

  /** How its answer comes of those of others; empty where it is not made of others. */
  default Optional<Combination> combination() {
    return switch (this) {
      case Combined(Combination how, var _) -> Optional.of(how);
      case Always _, Decided _, Unsaid _ -> Optional.empty();
    };
  }

  /** The contrary. */
  static Criterion not(Criterion criterion) {
    return new Combined(Combination.NONE, List.of(criterion));
  }
}
