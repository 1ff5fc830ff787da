package dev.postrider.kernel.spool;

import dev.postrider.kernel.bounce.BounceRequest;
import dev.postrider.kernel.directory.Resolution;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.kernel.store.Change;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One plan on its way to a batch. */
final class Settling {
  private static final Logger LOG = LoggerFactory.getLogger(PlanCommit.class);
  private static final Status LATER =
      Status.temporary("4.3.0", "can't be handled now, try again later");
  private static final Status UNKNOWN = Status.permanent("5.1.1", "no such user here");
  private static final Status NO_EXPANSION =
      Status.temporary("4.2.4", "the address can't be expanded now");
  private static final Status LOOP = Status.permanent("5.4.6", "the mail goes round in a circle");
  private static final Status EXPIRED =
      Status.permanent("5.4.7", "not settled in the time a mail is kept");

  /**
   * A recipient that is not taken.
   *
   * @param status what a peer is told
   * @param processor where the next run would start
   * @param reason why, for the ledger and the admin
   */
  private record Refusal(
      Mail mail, Recipient recipient, Status status, String processor, String reason) {}

  private final PlanCommit rules;
  private final Origin origin;
  private final Instant now;
  private final Batching out;
  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<Recipient> taken = new HashSet<>();

  Settling(PlanCommit rules, Origin origin) {
    this.rules = rules;
    this.origin = origin;
    this.now = rules.clock.instant();
    this.out = new Batching(rules, origin, now);
  }

  Settlement settle(Plan plan) {
    plan.steps().forEach(this::step);
    return switch (origin.answering()) {
      case ONE_FOR_ALL -> oneAnswer();
      case EACH -> anAnswerEach();
      case NOBODY -> noAnswer(Map.of());
    };
  }

  private void step(Plan.Step step) {
    Mail mail = step.mail();
    switch (step) {
      case Plan.Step.Deliver(var _, var folder) -> deliver(mail, folder);
      case Plan.Step.Relay(var _, var route) -> {
        taken.addAll(mail.recipients());
        for (Recipient each : mail.recipients()) {
          out.relay(mail, each, route, "");
          out.fate(mail, each, Fate.QUEUED, "for " + Batching.destination(route, each));
        }
      }
      case Plan.Step.Bounce(var _, var status) -> {
        taken.addAll(mail.recipients());
        mail.recipients().forEach(each -> out.bounce(mail, each, status, Fate.BOUNCED));
      }
      case Plan.Step.Emit(var _) -> out.emit(mail);
      case Plan.Step.Refuse(var _, var status) ->
          refuse(mail, mail.recipients(), status, origin.processor());
      case Plan.Step.Defer(var _, var processor, var reason) ->
          refuse(mail, mail.recipients(), LATER, processor, Lines.one(reason, 300));
      case Plan.Step.Hold(var _, var processor, var reason) -> {
        taken.addAll(mail.recipients());
        out.hold(mail, processor, reason);
      }
      case Plan.Step.Discard(var _, var reason) -> {
        taken.addAll(mail.recipients());
        mail.recipients().forEach(each -> out.fate(mail, each, Fate.DISCARDED, reason));
      }
    }
  }

  private void refuse(Mail mail, List<Recipient> recipients, Status status, String processor) {
    refuse(mail, recipients, status, processor, status.text());
  }

  private void refuse(
      Mail mail, List<Recipient> recipients, Status status, String processor, String reason) {
    recipients.forEach(each -> refusals.add(new Refusal(mail, each, status, processor, reason)));
  }

  private void deliver(Mail mail, String folder) {
    for (Recipient each : mail.recipients()) {
      switch (rules.directory.resolve(each.address())) {
        case Resolution.Local local -> deliver(mail, each, local, folder);
        case Resolution.Unknown() -> refuse(mail, List.of(each), UNKNOWN, origin.processor());
        case Resolution.Broken(var reason) -> {
          LOG.warn("mail {} to {}: {}", mail.id(), each, reason);
          refuse(mail, List.of(each), NO_EXPANSION, origin.processor());
        }
        case Resolution.Remote() -> {
          taken.add(each);
          out.hold(
              mail.withRecipients(List.of(each)),
              Pipeline.ROOT,
              "local delivery of an address whose domain is not ours");
        }
      }
    }
  }

  private void deliver(Mail mail, Recipient recipient, Resolution.Local local, String folder) {
    String address = recipient.address().toString();
    if (!local.forwards().isEmpty() && isRound(mail, address)) {
      refuse(mail, List.of(recipient), LOOP, origin.processor());
      return;
    }
    taken.add(recipient);
    List<EmailAddress> accounts = sorted(local.accounts());
    List<EmailAddress> forwards = sorted(local.forwards());
    accounts.forEach(account -> out.deliver(mail, account, folder));
    for (EmailAddress forward : forwards) {
      out.relay(
          mail,
          recipient.withAddress(forward),
          rules.forwardRoute,
          Lines.octets("Delivered-To: " + address + "\r\n"));
    }
    String where =
        Stream.concat(
                accounts.stream().map(account -> account + "/" + folder),
                forwards.stream().map(forward -> "forwarded to " + forward))
            .collect(Collectors.joining(", "));
    out.fate(mail, recipient, accounts.isEmpty() ? Fate.QUEUED : Fate.DELIVERED, where);
    if (!accounts.isEmpty() && recipient.wants(Notify.SUCCESS)) {
      out.report(
          mail,
          BounceRequest.Kind.DELIVERED,
          new BounceRequest.Failed(
              recipient,
              new EnhancedStatus(2, 0, 0),
              Optional.empty(),
              "delivered to the mailbox",
              Optional.empty()));
    }
  }

  // An alias marks what it sends elsewhere; a mail that comes back bears the mark.
  private static boolean isRound(Mail mail, String address) {
    return mail.message()
        .headers()
        .all("Delivered-To")
        .anyMatch(field -> field.value().equalsIgnoreCase(address));
  }

  private static List<EmailAddress> sorted(Set<EmailAddress> addresses) {
    return addresses.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
  }

  private Settlement oneAnswer() {
    if (refusals.isEmpty() || !allRefused()) {
      return noAnswer(Map.of());
    }
    if (refusals.stream().allMatch(each -> each.status().isPermanent())) {
      refusals.forEach(this::recordRefusal);
      return settlement(Optional.of(refusals.getFirst().status()), Map.of());
    }
    if (refusals.stream().allMatch(each -> each.status().isTemporary())) {
      // The peer comes again, and then everything is decided anew.
      refusals.forEach(Settling::logReason);
      return new Settlement(List.of(), Optional.of(refusals.getFirst().status()), Map.of());
    }
    return noAnswer(Map.of());
  }

  // Mailets may have put others in the place of the recipients that the peer named.
  private boolean allRefused() {
    Set<Recipient> refused = new HashSet<>();
    refusals.forEach(each -> refused.add(each.recipient()));
    return refused.containsAll(origin.mail().recipients()) || refused.containsAll(taken);
  }

  private Settlement anAnswerEach() {
    Set<Recipient> named = Set.copyOf(origin.mail().recipients());
    Map<Recipient, Status> told = new LinkedHashMap<>();
    for (Refusal each : List.copyOf(refusals)) {
      if (named.contains(each.recipient())) {
        told.putIfAbsent(each.recipient(), each.status());
        refusals.remove(each);
        if (each.status().isPermanent()) {
          recordRefusal(each);
        } else {
          logReason(each);
        }
      }
    }
    Set<Status> statuses = new LinkedHashSet<>(told.values());
    if (told.keySet().containsAll(named) && statuses.stream().allMatch(Status::isTemporary)) {
      // As in oneAnswer: what went along would go along again.
      return statuses.size() == 1
          ? new Settlement(List.of(), Optional.of(statuses.iterator().next()), Map.of())
          : new Settlement(List.of(), Optional.empty(), told);
    }
    boolean nobody = told.keySet().containsAll(named) && taken.isEmpty() && refusals.isEmpty();
    if (nobody && statuses.size() == 1) {
      return settlement(Optional.of(statuses.iterator().next()), Map.of());
    }
    return noAnswer(told);
  }

  // Of deferrals the peer learns nothing, and the ledger is not written.
  private static void logReason(Refusal refusal) {
    if (!refusal.reason().equals(refusal.status().text())) {
      LOG.info(
          "mail {} for {} is put off: {}",
          refusal.mail().id(),
          refusal.recipient(),
          refusal.reason());
    }
  }

  private void recordRefusal(Refusal refusal) {
    out.fate(refusal.mail(), refusal.recipient(), Fate.REFUSED, refusal.status().toString());
  }

  private Settlement noAnswer(Map<Recipient, Status> told) {
    boolean old = !now.isBefore(origin.mail().receivedAt().plus(rules.giveUpAfter));
    if (origin.spooled() && !old && !out.isEmpty() && isAllDeferred()) {
      return wholeRunAgain();
    }
    for (Refusal each : refusals) {
      if (each.status().isPermanent()) {
        out.bounce(each.mail(), each.recipient(), each.status(), Fate.BOUNCED);
      } else if (old) {
        out.bounce(each.mail(), each.recipient(), EXPIRED, Fate.EXPIRED);
      } else {
        out.defer(each.mail(), each.recipient(), each.processor(), each.reason());
      }
    }
    return settlement(Optional.empty(), told);
  }

  private boolean isAllDeferred() {
    return !refusals.isEmpty()
        && refusals.stream().allMatch(each -> each.status().isTemporary())
        && allRefused();
  }

  // Copies and new mails that went along with a deferral would be made by each further run too.
  private Settlement wholeRunAgain() {
    Batching again = new Batching(rules, origin, now);
    String reason = refusals.getFirst().reason();
    for (Recipient each : origin.mail().recipients()) {
      again.defer(origin.mail(), each, origin.processor(), reason);
    }
    return new Settlement(again.changes(), Optional.empty(), Map.of());
  }

  private Settlement settlement(Optional<Status> refusal, Map<Recipient, Status> told) {
    List<Change> changes = out.changes();
    return new Settlement(changes, refusal, told);
  }
}
