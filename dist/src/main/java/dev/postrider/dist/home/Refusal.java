package dev.postrider.dist.home;

import java.util.List;

/**
 * Ends a command because of something that a person has to mend: the lines say what, where, why and
 * what to do. Caught in one place, printed without a stack trace, exit code 1.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> lines;

  /** One line. */
  public Refusal(String line) {
    this(List.of(line));
  }

  /** Several lines, one per thing to mend. */
  public Refusal(List<String> lines) {
    super(String.join("\n", lines), null, false, false);
    this.lines = List.copyOf(lines);
  }

  /** What to tell. */
  public List<String> lines() {
    return lines;
  }
}
