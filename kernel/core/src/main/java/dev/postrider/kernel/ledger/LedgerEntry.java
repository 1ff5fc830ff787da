package dev.postrider.kernel.ledger;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.ReversePath;
import java.time.Instant;

/**
 * The fate of a recipient.
 *
 * @param at when
 * @param mailId the mail
 * @param sender its reverse path
 * @param recipient the address as the mail was addressed
 * @param fate what became of it
 * @param detail where to, the remote reply, the rule: one line
 */
public record LedgerEntry(
    Instant at,
    String mailId,
    ReversePath sender,
    EmailAddress recipient,
    Fate fate,
    String detail) {}
