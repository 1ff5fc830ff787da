package dev.postrider.plugin;

/**
 * Is told what users do with the mails in their mailboxes. Has one public constructor, which takes
 * services only.
 *
 * <p>It is told at least once, after the change is durable, in the order of the changes: so it may
 * be told again after a crash, or after a failure, and then out of order; the id tells. At most
 * 1000 changes wait to be told; where more come in faster than listeners take them, the changes are
 * made and nobody is told. A message that was removed meanwhile is not told of.
 *
 * <p>Thread: one instance for each load of the pipeline, called by one thread at a time. Time: a
 * call that does not come back within ten seconds is interrupted; the instance is not called again
 * then. Ownership: streams opened on a message are closed by the listener. Failure: after an
 * exception all listeners are told again a minute later, five times at most.
 *
 * @since 1.1
 */
@FunctionalInterface
public interface MailboxListener {

  /** A message was moved or copied from one mailbox of an account to another. */
  void moved(MailboxMove move);
}
