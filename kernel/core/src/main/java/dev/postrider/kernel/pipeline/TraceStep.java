package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Recipient;
import java.time.Duration;
import java.util.List;

/**
 * One entry of the pipeline, as one mail went past it.
 *
 * @param processor whose entry it is
 * @param place where the entry is written
 * @param entry its text
 * @param recipients of the mail that came
 * @param matched for whom the mailet was called
 * @param outcome what the mailet decided or what went wrong, in words; empty where nobody matched
 * @param changes of header fields, envelope and attributes, one line each
 * @param took time spent in matcher and mailet
 */
public record TraceStep(
    String processor,
    Place place,
    String entry,
    List<Recipient> recipients,
    List<Recipient> matched,
    String outcome,
    List<String> changes,
    Duration took) {
  /** Copies the lists. */
  public TraceStep {
    recipients = List.copyOf(recipients);
    matched = List.copyOf(matched);
    changes = List.copyOf(changes);
  }
}
