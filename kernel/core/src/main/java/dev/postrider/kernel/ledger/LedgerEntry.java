package dev.postrider.kernel.ledger;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.ReversePath;
import java.time.Instant;
import java.util.Optional;

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
    String detail) {

  /** The detail of a mail whose sender logged in by an app password, where it was one. */
  public static String sentWith(Optional<String> appPassword, String detail) {
    return appPassword
        .map(name -> detail + ", sent with the app password '" + name + "'")
        .orElse(detail);
  }
}
