package dev.postrider.kernel.pipeline;

import java.time.Duration;

/**
 * Limits of one run of the pipeline.
 *
 * @param stepDeadline after this, a call of a matcher or mailet is interrupted and counts as failed
 * @param grace after this, an interrupted call that does not return is left behind and the run goes
 *     on without it
 * @param hopLimit how often a mail may go to another processor before it is held
 * @param stepLimit entries worked off in one run before the rest is held
 * @param recipientLimit recipients that a mailet may give a mail
 * @param breakerFailures failures in a row after which an entry is not called any more
 * @param breakerCoolDown how long it is not called
 * @param overTimeLimit calls of one matcher or mailet that are over their deadline and have not
 *     returned, at which it is not called any more until one of them does
 * @param computingLimit calls of one matcher or mailet that compute without a pause, at which
 *     further ones wait until one of them ends
 */
public record PipelinePolicy(
    Duration stepDeadline,
    Duration grace,
    int hopLimit,
    int stepLimit,
    int recipientLimit,
    int breakerFailures,
    Duration breakerCoolDown,
    int overTimeLimit,
    int computingLimit) {

  /** Checks the numbers. */
  public PipelinePolicy {
    if (hopLimit < 1
        || stepLimit < 1
        || recipientLimit < 1
        || breakerFailures < 1
        || overTimeLimit < 1
        || computingLimit < 1) {
      throw new IllegalArgumentException("limits of the pipeline are positive");
    }
    if (!stepDeadline.isPositive() || grace.isNegative() || breakerCoolDown.isNegative()) {
      throw new IllegalArgumentException("times of the pipeline are positive");
    }
  }

  /** What is used where nothing is configured. */
  public static PipelinePolicy defaults() {
    return new PipelinePolicy(
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        30,
        100_000,
        10_000,
        5,
        Duration.ofMinutes(1),
        8,
        Runtime.getRuntime().availableProcessors());
  }

  /** The same with another step deadline. */
  public PipelinePolicy withStepDeadline(Duration other) {
    return new PipelinePolicy(
        other,
        grace,
        hopLimit,
        stepLimit,
        recipientLimit,
        breakerFailures,
        breakerCoolDown,
        overTimeLimit,
        computingLimit);
  }
}
