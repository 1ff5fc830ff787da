package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Combination;
import dev.postrider.plugin.Recipient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a matcher inside of another one answered for one mail.
 *
 * @param text as written: {@code SizeGreaterThan=10m}
 * @param place where
 * @param matched the recipients it matched, in the order of the mail
 * @param how its answer comes of those inside of it; empty where that is not known
 * @param parts the matchers inside of it that were asked, in their order
 */
public record Condition(
    String text,
    Place place,
    List<Recipient> matched,
    Optional<Combination> how,
    List<Condition> parts) {

  /** Copies the lists. */
  public Condition {
    matched = List.copyOf(matched);
    parts = List.copyOf(parts);
  }

  /** Itself and all inside of it. */
  public Stream<Condition> all() {
    return Stream.concat(Stream.of(this), parts.stream().flatMap(Condition::all));
  }
}
