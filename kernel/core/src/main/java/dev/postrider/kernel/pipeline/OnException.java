package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.ProcessorName;

/** What happens to a mail whose matcher or mailet throws, hangs or answers nonsense. */
public sealed interface OnException {

  /** Go to a processor; the default is {@code error}. */
  record GoTo(ProcessorName processor) implements OnException {}

  /** Go on with the next entry as if this one were not there ({@code ignore}, {@code nomatch}). */
  record Skip() implements OnException {}

  /** Act as if all recipients matched ({@code matchall}); for matchers. */
  record MatchAll() implements OnException {}

  /** Run again later ({@code propagate}). */
  record Defer() implements OnException {}

  /** What James does too: processor {@code error}. */
  static OnException standard() {
    return new GoTo(new ProcessorName("error"));
  }
}
