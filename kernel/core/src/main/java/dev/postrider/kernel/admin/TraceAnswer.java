package dev.postrider.kernel.admin;

/** What the question for a dry run came to. */
public sealed interface TraceAnswer {

  /** It was run. */
  record Traced(TraceReport report) implements TraceAnswer {}

  /** It was not run. */
  record Refused(AdminAnswer.Refused why) implements TraceAnswer {}
}
