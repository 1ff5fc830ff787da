package dev.postrider.kernel.host.flight;

import dev.postrider.plugin.Mail;
import java.time.Instant;
import java.util.List;

/**
 * What one run of the pipeline was made of, and what it came to.
 *
 * @param at when it ended
 * @param processor where it began
 * @param mail as it came; its message holds no body where {@code whole} is false
 * @param whole whether the message is there with its body
 * @param pipeline the fingerprint of the pipeline
 * @param answers from outside, in the order they were given
 * @param fates what was decided for whom
 * @param digest of everything that was decided, so that two runs can be compared
 */
public record Flight(
    Instant at,
    String processor,
    Mail mail,
    boolean whole,
    String pipeline,
    List<Answered> answers,
    List<Fate> fates,
    String digest) {

  /** Copies the lists. */
  public Flight {
    answers = List.copyOf(answers);
    fates = List.copyOf(fates);
  }

  /**
   * A decision for one recipient.
   *
   * @param recipient the address
   * @param fate in words that are the same for the same decision about another recipient
   */
  public record Fate(String recipient, String fate) {}
}
