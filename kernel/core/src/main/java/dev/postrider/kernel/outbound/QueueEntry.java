package dev.postrider.kernel.outbound;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Route;
import java.time.Instant;
import java.util.Optional;

/**
 * A mail to be sent to one destination.
 *
 * @param id names the entry
 * @param mailId the mail it belongs to
 * @param route where to
 * @param destination what connections are shared by: the recipients' domain for a direct route,
 *     else {@code host:port}
 * @param envelope with the recipients that are still to be served, all of this destination
 * @param message where its octets are
 * @param queuedAt when it was put here
 * @param nextAttempt not to be tried before
 * @param expiresAt after this, the recipients that are left bounce
 * @param attempts tries so far
 * @param delayReported whether the sender was told that it is late
 * @param lastReply what stood against it last: a remote reply or a reason of ours; empty at first
 * @param held why it waits for an admin; empty where it does not
 * @param version 0 at first, one more with each time it is put back; whoever takes it out states
 *     the version that was read
 * @param appPassword the name of the app password by which the sender logged in, where it was one
 */
public record QueueEntry(
    String id,
    String mailId,
    Route route,
    String destination,
    Envelope envelope,
    StoredMessage message,
    Instant queuedAt,
    Instant nextAttempt,
    Instant expiresAt,
    int attempts,
    boolean delayReported,
    String lastReply,
    Optional<String> held,
    long version,
    Optional<String> appPassword) {

  /** What became of one of its recipients. */
  public Change.RecordFate fate(Recipient recipient, Fate fate, String detail, Instant at) {
    return new Change.RecordFate(
        new LedgerEntry(
            at,
            mailId,
            envelope.sender(),
            recipient.address(),
            fate,
            LedgerEntry.sentWith(appPassword, detail)));
  }

  /** The next version of it, with another time to be tried and held or not. */
  public QueueEntry waiting(Instant until, Optional<String> heldFor) {
    return new QueueEntry(
        id,
        mailId,
        route,
        destination,
        envelope,
        message,
        queuedAt,
        until,
        expiresAt,
        attempts,
        delayReported,
        lastReply,
        heldFor,
        version + 1,
        appPassword);
  }
}
