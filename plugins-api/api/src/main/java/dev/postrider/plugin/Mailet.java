package dev.postrider.plugin;

/**
 * Decides what becomes of a mail. A function: the outcome says what shall be done, the kernel does
 * it when the whole run is over, in one atomic commit.
 *
 * <p>Thread: one instance per XML entry, called by many virtual threads at once. Time: must end
 * within the step deadline. Ownership: streams opened on the message are closed by the mailet.
 * Failure: an exception is handled as {@code onMailetException} of the entry says (default: the
 * mail goes to processor {@code error}). A mailet whose class carries {@link Terminal} never
 * answers {@link Outcome.Continue}.
 *
 * @since 1.0
 */
@FunctionalInterface
public interface Mailet {

  /** What shall become of this mail, whose recipients all matched. */
  Outcome process(Mail mail);
}
