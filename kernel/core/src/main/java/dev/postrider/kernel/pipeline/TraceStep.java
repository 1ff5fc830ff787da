package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Combination;
import dev.postrider.plugin.Recipient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the pipeline, as one mail went past it.
 *
 * @param after the number of the step that the mail came from, counted from 0; -1 where it started.
 *     Two steps after the same one are two parts of a mail that was split there
 * @param processor whose entry it is
 * @param place where the entry is written
 * @param entry its text
 * @param recipients of the mail that came
 * @param matched for whom the mailet was called
 * @param how the matcher's answer comes of those inside of it; empty where that is not known
 * @param conditions what the matchers inside of the entry's matcher answered
 * @param outcome what the mailet decided or what went wrong, in words; empty where nobody matched
 * @param changes of header fields, envelope and attributes, one line each
 * @param took time spent in matcher and mailet
 */
public record TraceStep(
    int after,
    String processor,
    Place place,
    String entry,
    List<Recipient> recipients,
    List<Recipient> matched,
    Optional<Combination> how,
    List<Condition> conditions,
    String outcome,
    List<String> changes,
    Duration took) {
  /** Copies the lists. */
  public TraceStep {
    recipients = List.copyOf(recipients);
    matched = List.copyOf(matched);
    conditions = List.copyOf(conditions);
    changes = List.copyOf(changes);
  }
}
