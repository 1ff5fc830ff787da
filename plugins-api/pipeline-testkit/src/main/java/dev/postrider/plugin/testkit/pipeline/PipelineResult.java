package dev.postrider.plugin.testkit.pipeline;

import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.kernel.pipeline.TraceStep;
import dev.postrider.kernel.pipeline.Words;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.testkit.MailAssert;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What became of a mail in a pipeline. Each assertion that fails shows the whole trace. Immutable.
 */
public final class PipelineResult {

  private final PipelineRun run;

  PipelineResult(PipelineRun run) {
    this.run = run;
  }

  /**
   * The fate of each recipient, such as {@code deliver bob@example.test INBOX}, {@code relay …},
   * {@code refuse … 550 5.1.1 text}, {@code bounce …}, {@code hold … reason}, {@code discard …
   * reason}, {@code defer … reason}, and {@code emit …} for new mails, in the order of the
   * decisions.
   */
  public List<String> fates() {
    List<String> fates = new ArrayList<>();
    for (Plan.Step step : run.plan().steps()) {
      step.mail().recipients().forEach(recipient -> fates.add(Words.compared(step, recipient)));
    }
    return fates;
  }

  /** The processors that the mail and its parts went through, each once, as first reached. */
  public List<String> path() {
    return run.trace().steps().stream().map(TraceStep::processor).distinct().toList();
  }

  /** The steps and the plan, as {@code postrider trace} shows them. */
  public List<String> trace() {
    return run.trace().lines(run.plan());
  }

  /** Just these fates, in any order; see {@link #fates}. */
  public PipelineResult hasFates(String... expected) {
    List<String> wanted = List.of(expected).stream().sorted().toList();
    check(fates().stream().sorted().toList().equals(wanted), "the fates " + wanted);
    return this;
  }

  /** It went through just these processors, in this order. */
  public PipelineResult passes(String... processors) {
    check(path().equals(List.of(processors)), "the path " + List.of(processors));
    return this;
  }

  /** The recipient gets the mail into the inbox here. */
  public MailAssert delivers(String recipient) {
    return delivers(recipient, "INBOX");
  }

  /** The recipient gets the mail into this folder here. */
  public MailAssert delivers(String recipient, String folder) {
    return decided("deliver " + recipient + " " + folder);
  }

  /** The mail goes to another host for this recipient. */
  public MailAssert relays(String recipient) {
    return decided("relay " + recipient);
  }

  /** A new mail goes to this recipient. */
  public MailAssert emits(String recipient) {
    return decided("emit " + recipient);
  }

  /** Refused for this recipient with a status that begins so, such as {@code 550 5.7.1}. */
  public MailAssert refuses(String recipient, String status) {
    return decided("refuse " + recipient + " " + status);
  }

  /** Reported as undeliverable for this recipient with a status that begins so. */
  public MailAssert bounces(String recipient, String status) {
    return decided("bounce " + recipient + " " + status);
  }

  /** Kept for an admin, for this recipient, with a reason that begins so. */
  public MailAssert holds(String recipient, String reason) {
    return decided("hold " + recipient + " " + reason);
  }

  /** Dropped for this recipient, with a reason that begins so. */
  public MailAssert discards(String recipient, String reason) {
    return decided("discard " + recipient + " " + reason);
  }

  /** To be run again later for this recipient, for a reason that begins so. */
  public MailAssert defers(String recipient, String reason) {
    return decided("defer " + recipient + " " + reason);
  }

  private MailAssert decided(String fate) {
    for (Plan.Step step : run.plan().steps()) {
      Predicate<Recipient> meant = recipient -> Words.compared(step, recipient).startsWith(fate);
      if (step.mail().recipients().stream().anyMatch(meant)) {
        return new MailAssert(step.mail());
      }
    }
    throw failure("'" + fate + "'");
  }

  private void check(boolean condition, String expected) {
    if (!condition) {
      throw failure(expected);
    }
  }

  private AssertionError failure(String expected) {
    return new AssertionError(
        "expected "
            + expected
            + ", but the fates are "
            + fates()
            + " and the path is "
            + path()
            + "\n"
            + String.join("\n", trace()));
  }
}
