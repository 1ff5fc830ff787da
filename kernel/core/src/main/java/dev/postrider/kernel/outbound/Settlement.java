package dev.postrider.kernel.outbound;

import dev.postrider.kernel.bounce.BounceRequest;
import dev.postrider.kernel.bounce.BounceRequest.Failed;
import dev.postrider.kernel.bounce.BounceRequest.Kind;
import dev.postrider.kernel.bounce.Reports;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.outbound.RecipientResult.Deferred;
import dev.postrider.kernel.outbound.RecipientResult.Rejected;
import dev.postrider.kernel.outbound.RecipientResult.Taken;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.port.Ids;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a try came to into the changes that make it so, all in one batch. */
final class Settlement {

  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private final OutboundPolicy policy;
  private final Backoff backoff;
  private final Reports reports;
  private final Ids ids;

  Settlement(OutboundPolicy policy, Backoff backoff, Reports reports, Ids ids) {
    this.policy = policy;
    this.backoff = backoff;
    this.reports = reports;
    this.ids = ids;
  }

  /**
   * The changes: the entry is taken out; fates are recorded; recipients that are left go back in;
   * reports are spooled.
   *
   * @param entry as it is in the queue now
   * @param message of the entry, readable until the batch is committed
   */
  List<Change> changes(
      QueueEntry entry, Map<Recipient, RecipientResult> results, Content message, Instant now) {
    boolean expired = !now.isBefore(entry.expiresAt()) && entry.held().isEmpty();
    List<Change> out = new ArrayList<>();
    out.add(Change.Dequeue.of(entry));
    List<Failed> failed = new ArrayList<>();
    List<Failed> handedOn = new ArrayList<>();
    List<Failed> late = new ArrayList<>();
    List<Recipient> left = new ArrayList<>();
    String lastReply = entry.lastReply();
    for (Recipient recipient : entry.envelope().recipients()) {
      switch (results.get(recipient)) {
        case Taken taken -> {
          out.add(entry.fate(recipient, Fate.RELAYED, detail(taken), now));
          if (!taken.dsnOffered() && recipient.wants(Notify.SUCCESS)) {
            handedOn.add(
                failed(
                    recipient,
                    new EnhancedStatus(2, 0, 0),
                    Optional.of(taken.host()),
                    taken.text(),
                    Optional.empty()));
          }
        }
        case Rejected(EnhancedStatus status, Optional<String> host, String text) -> {
          out.add(entry.fate(recipient, Fate.BOUNCED, detail(host, text), now));
          failed.add(failed(recipient, status, host, text, Optional.empty()));
        }
        case Deferred deferred when expired -> {
          out.add(
              entry.fate(
                  recipient,
                  Fate.EXPIRED,
                  "given up after " + (entry.attempts() + 1) + " tries; " + deferred.shown(),
                  now));
          failed.add(expiry(recipient, deferred));
        }
        case Deferred deferred -> {
          left.add(recipient);
          lastReply = deferred.shown();
          late.add(
              failed(
                  recipient,
                  deferred.status(),
                  deferred.host(),
                  deferred.text(),
                  Optional.of(entry.expiresAt())));
        }
        case null -> throw new IllegalStateException("no result for " + recipient);
      }
    }
    report(out, entry, Kind.FAILED, failed, message, now);
    report(out, entry, Kind.RELAYED, handedOn, message, now);
    if (!left.isEmpty()) {
      boolean warn =
          !entry.delayReported()
              && !now.isBefore(entry.queuedAt().plus(policy.delayWarningAfter()));
      if (warn) {
        report(out, entry, Kind.DELAYED, late, message, now);
      }
      out.add(again(entry, left, lastReply, warn, now));
    }
    return out;
  }

  /**
   * What is certain even where somebody else took the entry out of the queue meanwhile: the peer
   * has these. The fate of the others was booked with the removal.
   */
  List<Change> taken(QueueEntry entry, Map<Recipient, RecipientResult> results, Instant now) {
    List<Change> out = new ArrayList<>();
    results.forEach(
        (recipient, result) -> {
          if (result instanceof Taken taken) {
            out.add(entry.fate(recipient, Fate.RELAYED, detail(taken), now));
          }
        });
    return out;
  }

  private Change again(
      QueueEntry entry, List<Recipient> left, String lastReply, boolean warned, Instant now) {
    Instant next = now.plus(backoff.afterTry(entry.attempts() + 1));
    boolean endsFirst = entry.expiresAt().isBefore(next) && entry.expiresAt().isAfter(now);
    QueueEntry rest =
        new QueueEntry(
            entry.id(),
            entry.mailId(),
            entry.route(),
            entry.destination(),
            entry.envelope().withRecipients(left),
            entry.message(),
            entry.queuedAt(),
            endsFirst ? entry.expiresAt() : next,
            entry.expiresAt(),
            entry.attempts() + 1,
            entry.delayReported() || warned,
            lastReply,
            entry.held(),
            entry.version() + 1,
            entry.appPassword());
    return new Change.Enqueue(rest, new NewMessage.Kept(entry.message()));
  }

  private void report(
      List<Change> out,
      QueueEntry entry,
      Kind kind,
      List<Failed> recipients,
      Content message,
      Instant now) {
    if (recipients.isEmpty()) {
      return;
    }
    try {
      reports
          .report(
              new BounceRequest(
                  entry.mailId(), entry.envelope(), message, entry.queuedAt(), kind, recipients))
          .ifPresent(mail -> out.add(mail.spooled(ids.next(), Pipeline.BOUNCES, now)));
    } catch (RuntimeException e) {
      // The fate still has to be recorded, or the mail would be sent again and again.
      LOG.error("no report can be made about mail {}", entry.mailId(), e);
    }
  }

  private static Failed expiry(Recipient recipient, Deferred deferred) {
    return failed(
        recipient,
        EnhancedStatus.parse("5.4.7"),
        deferred.host(),
        deferred.host().isPresent()
            ? deferred.text()
            : "It could not be delivered in time. The last reason: " + deferred.text(),
        Optional.empty());
  }

  private static Failed failed(
      Recipient recipient,
      EnhancedStatus status,
      Optional<String> host,
      String text,
      Optional<Instant> until) {
    return new Failed(recipient, status, host, text, until);
  }

  private static String detail(Taken taken) {
    return taken.host() + ": " + taken.text();
  }

  private static String detail(Optional<String> host, String text) {
    return host.map(name -> name + ": " + text).orElse(text);
  }
}
