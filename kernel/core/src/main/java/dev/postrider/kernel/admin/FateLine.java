package dev.postrider.kernel.admin;

import dev.postrider.kernel.ledger.LedgerEntry;
import java.util.Locale;

/**
 * A line of the ledger in words.
 *
 * @param at when, ISO 8601
 * @param mailId the mail
 * @param sender its reverse path, empty for the null path
 * @param recipient as the mail was addressed
 * @param fate {@code delivered}, {@code relayed}, {@code bounced}, …
 * @param detail where to, the remote reply, the rule
 */
public record FateLine(
    String at, String mailId, String sender, String recipient, String fate, String detail) {

  static FateLine of(LedgerEntry entry) {
    return new FateLine(
        entry.at().toString(),
        entry.mailId(),
        entry.sender().toString(),
        entry.recipient().toString(),
        entry.fate().name().toLowerCase(Locale.ROOT),
        entry.detail());
  }
}
