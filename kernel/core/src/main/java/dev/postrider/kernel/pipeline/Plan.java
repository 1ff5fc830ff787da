package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.Status;
import java.util.List;

/**
 * What a run of the pipeline decided: nothing of it has happened yet. Every recipient the run began
 * with is in at least one step of its mail or of one that the run derived from it.
 *
 * @param steps in the order they were decided
 */
public record Plan(List<Step> steps) {

  /** Copies the list. */
  public Plan {
    steps = List.copyOf(steps);
  }

  /** One decision. {@code mail} is the mail as it was then, with the recipients it is about. */
  public sealed interface Step {

    /** The mail as it was when this was decided, with the recipients it is about. */
    Mail mail();

    /**
     * Into mailboxes; aliases are resolved when the plan is committed.
     *
     * @param folder of each account
     */
    record Deliver(Mail mail, String folder) implements Step {}

    /** Into the outbound queue. */
    record Relay(Mail mail, Route route) implements Step {}

    /** A report to the sender, where one is due. */
    record Bounce(Mail mail, Status status) implements Step {}

    /** A new mail. */
    record Emit(Mail mail) implements Step {}

    /** In a session: this status; later: a bounce for class 5, another run for class 4. */
    record Refuse(Mail mail, Status status) implements Step {}

    /** Another run later, starting at this processor. */
    record Defer(Mail mail, String processor, String reason) implements Step {}

    /** Wait for an admin; released mail starts at this processor. */
    record Hold(Mail mail, String processor, String reason) implements Step {}

    /** Nothing more. */
    record Discard(Mail mail, String reason) implements Step {}
  }
}
