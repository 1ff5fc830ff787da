package dev.postrider.plugin;

import java.time.Instant;

/**
 * A message that a user put from one of their mailboxes into another.
 *
 * @param id names the event; the same when it is told again
 * @param owner whose mailboxes; the account's address in lower case
 * @param from the folder it was in: {@code INBOX} or another name, levels separated by {@code /}
 * @param to the folder it is in now
 * @param copied whether it stays in the first folder as well
 * @param message its octets; they can be read while the listener is called, and no longer
 * @param at when
 * @since 1.1
 */
public record MailboxMove(
    String id,
    EmailAddress owner,
    String from,
    String to,
    boolean copied,
    Message message,
    Instant at) {}
