package dev.postrider.plugin;

import java.util.Set;

/**
 * Says for which recipients of a mail the pipeline entry applies. A function: it changes nothing.
 *
 * <p>Thread: one instance per XML entry, called by many virtual threads at once. Time: may look
 * things up (DNS, directory) within the step deadline. Failure: an exception is handled as {@code
 * onMatchException} of the entry says (default: the mail goes to processor {@code error}).
 *
 * @since 1.0
 */
@FunctionalInterface
public interface Matcher {

  /** The matching recipients: a subset of {@link Mail#recipients()}; others are a fault. */
  Set<Recipient> match(Mail mail);
}
