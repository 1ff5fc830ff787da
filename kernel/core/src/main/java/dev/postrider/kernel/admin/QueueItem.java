package dev.postrider.kernel.admin;

import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A mail that waits, in words.
 *
 * @param id names it in commands
 * @param place {@code spool} (its pipeline run is not committed) or {@code outbound} (on its way to
 *     another host)
 * @param mailId the mail it belongs to, as in log and ledger
 * @param sender the reverse path, empty for the null path
 * @param recipients that still wait
 * @param size octets
 * @param since when it was put here, ISO 8601
 * @param nextAttempt not to be tried before, ISO 8601
 * @param attempts tries so far
 * @param destination where to: a domain or {@code host:port}; in the spool the processor
 * @param lastReply what stood against it last, empty at first
 * @param held why it waits for an admin, empty where it does not
 */
public record QueueItem(
    String id,
    String place,
    String mailId,
    String sender,
    List<String> recipients,
    long size,
    String since,
    String nextAttempt,
    int attempts,
    String destination,
    String lastReply,
    String held) {

  /** Copies the list. */
  public QueueItem {
    recipients = List.copyOf(recipients);
  }

  static QueueItem of(SpoolEntry entry) {
    return new QueueItem(
        entry.id(),
        "spool",
        entry.id(),
        entry.envelope().sender().toString(),
        recipients(entry.envelope()),
        entry.message().size(),
        second(entry.receivedAt()),
        second(entry.nextAttempt()),
        entry.attempts(),
        entry.processor(),
        "",
        entry.held().orElse(""));
  }

  static QueueItem of(QueueEntry entry) {
    return new QueueItem(
        entry.id(),
        "outbound",
        entry.mailId(),
        entry.envelope().sender().toString(),
        recipients(entry.envelope()),
        entry.message().size(),
        second(entry.queuedAt()),
        second(entry.nextAttempt()),
        entry.attempts(),
        entry.destination(),
        entry.lastReply(),
        entry.held().orElse(""));
  }

  private static String second(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static List<String> recipients(Envelope envelope) {
    return envelope.recipients().stream().map(Recipient::toString).toList();
  }
}
