package dev.postrider.kernel.spool;

import dev.postrider.kernel.bounce.BounceRequest;
import dev.postrider.kernel.bounce.NewMail;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the changes of one batch; what belongs together becomes one entry. */
final class Batching {
  /** How many mails, each sent because of the one before, may follow a mail that came in. */
  private static final int GENERATIONS = 8;

  private static final String GENERATION = "postrider.generation";
  private static final int DETAIL = 400;

  /** Copies of the same octets in a mailbox are one copy, however its header was edited. */
  private record Copy(MailboxName mailbox, Content source) {}

  private record Sending(
      Route route, String destination, Envelope envelope, Message message, String prefix) {}

  private record Waiting(
      Message message,
      Envelope envelope,
      Map<String, String> attributes,
      String processor,
      String reason,
      boolean held) {}

  private record Telling(Envelope envelope, BounceRequest.Kind kind) {}

  private record Told(Mail mail, List<BounceRequest.Failed> recipients) {}

  private record Failure(Mail mail, Recipient recipient, Status status, Fate fate) {}

  private final PlanCommit rules;
  private final Origin origin;
  private final Instant now;
  private final List<Change> copies = new ArrayList<>();
  private final List<Change> fates = new ArrayList<>();
  private final Set<Copy> copied = new HashSet<>();
  private final Map<Sending, Set<Recipient>> sendings = new LinkedHashMap<>();
  private final Map<Waiting, Set<Recipient>> waitings = new LinkedHashMap<>();
  private final Map<Telling, Told> tellings = new LinkedHashMap<>();
  private final List<Failure> failures = new ArrayList<>();

  Batching(PlanCommit rules, Origin origin, Instant now) {
    this.rules = rules;
    this.origin = origin;
    this.now = now;
  }

  static String destination(Route route, Recipient recipient) {
    return switch (route) {
      case Route.Direct() -> recipient.address().domain();
      case Route.SmartHost host -> host.host() + ":" + host.port();
    };
  }

  void deliver(Mail mail, EmailAddress account, String folder) {
    MailboxName mailbox = new MailboxName(account, folder);
    if (copied.add(new Copy(mailbox, mail.message().source()))) {
      Message message = mail.message();
      if (message.headers().contains("Return-Path")) {
        message = message.withHeaders(all -> all.without("Return-Path"));
      }
      String trace = "Return-Path: <%s>\r\nDelivered-To: %s\r\n".formatted(mail.sender(), account);
      copies.add(new Change.Append(mailbox, under(Lines.octets(trace), message), now, Set.of()));
    }
  }

  void relay(Mail mail, Recipient recipient, Route route, String prefix) {
    sendings
        .computeIfAbsent(
            new Sending(
                route,
                destination(route, recipient),
                mail.envelope().withRecipients(List.of()),
                mail.message(),
                prefix),
            key -> new LinkedHashSet<>())
        .add(isForged(mail) ? unreported(recipient) : recipient);
  }

  private static Recipient unreported(Recipient recipient) {
    return new Recipient(recipient.address(), Set.of(Notify.NEVER), recipient.original());
  }

  // Whoever is named as the sender did not send it, so nobody on the way shall report to him.
  private static boolean isForged(Mail mail) {
    return mail.attribute(Mail.FORGED_SENDER).isPresent();
  }

  void bounce(Mail mail, Recipient recipient, Status status, Fate fate) {
    failures.add(new Failure(mail, recipient, status, fate));
    report(
        mail,
        BounceRequest.Kind.FAILED,
        new BounceRequest.Failed(
            recipient, status.enhanced(), Optional.empty(), status.toString(), Optional.empty()));
  }

  void report(Mail mail, BounceRequest.Kind kind, BounceRequest.Failed recipient) {
    if (isForged(mail)) {
      return;
    }
    tellings
        .computeIfAbsent(
            new Telling(mail.envelope().withRecipients(List.of()), kind),
            key -> new Told(mail, new ArrayList<>()))
        .recipients()
        .add(recipient);
  }

  void emit(Mail mail) {
    Optional<String> held =
        generation() < GENERATIONS
            ? Optional.empty()
            : Optional.of("a mail made because of " + GENERATIONS + " mails made here before");
    copies.add(
        new Change.Spool(
            made(mail.envelope(), mail.attributes(), Pipeline.ROOT, held),
            origin.octets().of(mail.message())));
  }

  void hold(Mail mail, String processor, String reason) {
    wait(mail, mail.recipients(), processor, reason, true);
  }

  void defer(Mail mail, Recipient recipient, String processor, String reason) {
    wait(mail, List.of(recipient), processor, reason, false);
  }

  private void wait(
      Mail mail, List<Recipient> recipients, String processor, String reason, boolean held) {
    waitings
        .computeIfAbsent(
            new Waiting(
                mail.message(),
                mail.envelope().withRecipients(List.of()),
                mail.attributes(),
                processor,
                held ? Lines.one(reason, DETAIL) : "",
                held),
            key -> new LinkedHashSet<>())
        .addAll(recipients);
  }

  void fate(Mail mail, Recipient recipient, Fate fate, String text) {
    String detail = LedgerEntry.sentWith(mail.client().appPassword(), text);
    fates.add(
        new Change.RecordFate(
            new LedgerEntry(
                now,
                origin.mail().id(),
                mail.sender(),
                recipient.address(),
                fate,
                Lines.one(detail, DETAIL))));
  }

  /** Whether nothing was decided yet. */
  boolean isEmpty() {
    return copies.isEmpty()
        && fates.isEmpty()
        && sendings.isEmpty()
        && waitings.isEmpty()
        && tellings.isEmpty()
        && failures.isEmpty();
  }

  List<Change> changes() {
    if (origin.spooled()) {
      copies.addFirst(new Change.Unspool(origin.mail().id()));
    }
    sendings.forEach(this::enqueue);
    Set<Telling> reported = new HashSet<>();
    tellings.forEach(
        (telling, told) -> {
          if (tell(telling, told)) {
            reported.add(telling);
          }
        });
    for (Failure each : failures) {
      Telling telling =
          new Telling(each.mail().envelope().withRecipients(List.of()), BounceRequest.Kind.FAILED);
      String how = reported.contains(telling) ? "" : "; nobody is to be told";
      fate(each.mail(), each.recipient(), each.fate(), each.status() + how);
    }
    // The first part that waits keeps the id of the mail, so that an admin finds it by that.
    String id = origin.mail().id();
    for (Map.Entry<Waiting, Set<Recipient>> each : waitings.entrySet()) {
      await(id, each.getKey(), List.copyOf(each.getValue()));
      id = rules.ids.next();
    }
    copies.addAll(fates);
    return copies;
  }

  private void enqueue(Sending sending, Set<Recipient> recipients) {
    copies.add(
        new Change.Enqueue(
            new QueueEntry(
                rules.ids.next(),
                origin.mail().id(),
                sending.route(),
                sending.destination(),
                sending.envelope().withRecipients(List.copyOf(recipients)),
                StoredMessage.NOT_YET,
                now,
                now,
                now.plus(rules.queueFor),
                0,
                false,
                "",
                Optional.empty(),
                0,
                origin.mail().client().appPassword()),
            under(sending.prefix(), sending.message())));
  }

  // Without a header of its own a message would become part of ours.
  private NewMessage under(String fields, Message message) {
    boolean bare =
        !fields.isEmpty() && message.headers().fields().isEmpty() && !atEmptyLine(message);
    return origin.octets().of(message).withPrefix(bare ? fields + "\r\n" : fields);
  }

  private static boolean atEmptyLine(Message message) {
    try (InputStream in = message.open()) {
      int first = in.read();
      return first < 0 || first == '\r' || first == '\n';
    } catch (IOException e) {
      throw new UncheckedIOException("the message can't be read", e);
    }
  }

  private boolean tell(Telling telling, Told told) {
    Mail mail = told.mail();
    Optional<NewMail> report =
        rules.reports.report(
            new BounceRequest(
                mail.id(),
                telling.envelope(),
                mail.message(),
                mail.receivedAt(),
                telling.kind(),
                told.recipients()));
    report.ifPresent(
        written ->
            copies.add(
                new Change.Spool(
                    made(written.envelope(), Map.of(), Pipeline.BOUNCES, Optional.empty()),
                    new NewMessage.Fresh("", written.content(), 0))));
    return report.isPresent();
  }

  private void await(String id, Waiting waiting, List<Recipient> recipients) {
    Mail mail = origin.mail();
    copies.add(
        new Change.Spool(
            new SpoolEntry(
                id,
                mail.client(),
                waiting.envelope().withRecipients(recipients),
                StoredMessage.NOT_YET,
                notes(waiting.attributes(), generation()),
                waiting.processor(),
                mail.receivedAt(),
                waiting.held() ? origin.attempts() : origin.attempts() + 1,
                waiting.held() ? now : now.plus(rules.backoff.after(origin.attempts())),
                waiting.held() ? Optional.of(waiting.reason()) : Optional.empty()),
            origin.octets().of(waiting.message())));
    if (waiting.held()) {
      String as = id.equals(mail.id()) ? "" : "; waits as " + id;
      recipients.forEach(
          each ->
              fate(mail.withEnvelope(waiting.envelope()), each, Fate.HELD, waiting.reason() + as));
    }
  }

  private Map<String, String> notes(Map<String, String> attributes, int generation) {
    if (generation == 0) {
      return attributes;
    }
    Map<String, String> notes = new LinkedHashMap<>(attributes);
    notes.put(GENERATION, Integer.toString(generation));
    return notes;
  }

  /** A mail that is made here now. */
  private SpoolEntry made(
      Envelope envelope, Map<String, String> attributes, String processor, Optional<String> held) {
    return new SpoolEntry(
        rules.ids.next(),
        Client.local(),
        envelope,
        StoredMessage.NOT_YET,
        notes(attributes, generation() + 1),
        processor,
        now,
        0,
        now,
        held);
  }

  private int generation() {
    return origin.mail().attribute(GENERATION).map(Batching::number).orElse(0);
  }

  // A mailet may have written nonsense over the note; then the next mail is the last one.
  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return GENERATIONS;
    }
  }
}
