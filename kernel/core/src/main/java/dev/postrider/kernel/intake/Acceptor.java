package dev.postrider.kernel.intake;

import dev.postrider.kernel.directory.Directory;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.kernel.port.Ids;
import dev.postrider.kernel.port.Timers;
import dev.postrider.kernel.spool.Octets;
import dev.postrider.kernel.spool.Origin;
import dev.postrider.kernel.spool.Settlement;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.Store;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.FromField;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Stage;
import dev.postrider.plugin.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** End of data: from a draft to an answer that holds. */
final class Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  private final Store store;
  private final Directory directory;
  private final Door.Machinery machinery;
  private final IntakePolicy policy;
  private final Ids ids;
  private final InstantSource clock;
  private final Timers timers;

  Acceptor(
      Store store,
      Directory directory,
      Door.Machinery machinery,
      IntakePolicy policy,
      Ids ids,
      InstantSource clock,
      Timers timers) {
    this.store = store;
    this.directory = directory;
    this.machinery = machinery;
    this.policy = policy;
    this.ids = ids;
    this.clock = clock;
    this.timers = timers;
  }

  /**
   * Takes a mail or not.
   *
   * @param hold why it has to wait for the admin instead of going through the pipeline
   * @param decided is told what the pipeline decided, where that is known before the answer
   */
  Acceptance accept(
      Client client,
      Envelope envelope,
      LentDraft draft,
      Optional<String> hold,
      Consumer<Plan> decided) {
    if (envelope.recipients().isEmpty()) {
      return refused(DoorStatus.NOBODY);
    }
    if (draft.size() > policy.maxMessageSize()) {
      return refused(DoorStatus.TOO_BIG);
    }
    String id = ids.next();
    Acceptance acceptance = take(id, client, envelope, draft, hold, decided);
    if (acceptance instanceof Acceptance.Refused(var status)) {
      LOG.info(
          "mail {} from {}, sender <{}>, for {} is refused: {}",
          id,
          client.address().getHostAddress(),
          envelope.sender(),
          whom(envelope.recipients()),
          status);
    }
    return acceptance;
  }

  private static String whom(List<Recipient> all) {
    String first = all.getFirst().toString();
    return all.size() == 1 ? first : first + " and " + (all.size() - 1) + " more";
  }

  private Acceptance take(
      String id,
      Client client,
      Envelope envelope,
      LentDraft draft,
      Optional<String> hold,
      Consumer<Plan> decided) {
    Instant now = clock.instant();
    try {
      String trace = TraceField.received(client, envelope, policy.hostName(), id, now);
      String separator = separator(draft);
      Octets octets = Octets.received(trace + separator, draft.inner());
      Message message = Message.read(octets.whole());
      Optional<Status> objection = objection(client, message);
      if (objection.isPresent()) {
        return refused(objection.get());
      }
      String missing = Door.isSubmission(client) ? missing(message.headers(), id, now) : "";
      if (!missing.isEmpty()) {
        octets = Octets.received(trace + missing + separator, draft.inner());
        message = Message.read(octets.whole());
      }
      Mail mail = new Mail(id, Stage.MESSAGE, client, envelope, message, Map.of(), now);
      Origin.Answering answering =
          Door.isLmtp(client) ? Origin.Answering.EACH : Origin.Answering.ONE_FOR_ALL;
      Origin origin = Origin.session(mail, octets, Pipeline.MESSAGE, answering);
      return hold.isPresent()
          ? settle(
              new Plan(List.of(new Plan.Step.Hold(mail, Pipeline.MESSAGE, hold.get()))), origin)
          : run(mail, origin, draft, decided);
    } catch (IOException e) {
      LOG.error("mail {} can't be read back from its draft", id, e);
      return refused(DoorStatus.NOT_NOW);
    } catch (RuntimeException e) {
      LOG.error("mail {} could not be taken", id, e);
      return refused(DoorStatus.NOT_NOW);
    }
  }

  // A message that begins with white space would become part of our own field.
  private static String separator(LentDraft draft) throws IOException {
    try (InputStream in = draft.open()) {
      int first = in.read();
      return first == ' ' || first == '\t' ? "\r\n" : "";
    }
  }

  private Optional<Status> objection(Client client, Message message) throws IOException {
    Headers headers = message.headers();
    if (headers.fields().stream().anyMatch(Acceptor::breaksLines)) {
      return Optional.of(DoorStatus.BAD_HEADER);
    }
    if (headers.count("Received") - 1 > policy.maxReceived()) {
      return Optional.of(DoorStatus.LOOP);
    }
    if (policy.enforceSenderOwnership()
        && client.login().isPresent()
        && (FromField.isHidden(message) || !ownsFrom(client.login().get(), headers))) {
      return Optional.of(DoorStatus.NOT_YOUR_FROM);
    }
    return Optional.empty();
  }

  // Only BINARYMIME lets these in. What one program takes for a line, another takes for two.
  private static boolean breaksLines(HeaderField field) {
    String raw = field.raw();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == 0 || c == '\r' && (i + 1 == raw.length() || raw.charAt(i + 1) != '\n')) {
        return true;
      }
    }
    return false;
  }

  private boolean ownsFrom(EmailAddress login, Headers headers) {
    return headers
        .all("From")
        .allMatch(
            field ->
                FromField.addresses(field.value())
                    .filter(all -> all.stream().allMatch(each -> directory.mayUse(login, each)))
                    .isPresent());
  }

  // RFC 6409 §8: what a user's program left out.
  private String missing(Headers headers, String id, Instant now) {
    String date =
        headers.contains("Date") ? "" : HeaderField.of("Date", TraceField.date(now)).raw();
    String messageId = "<" + id + "@" + policy.hostName() + ">";
    return headers.contains("Message-ID")
        ? date
        : date + HeaderField.of("Message-ID", messageId).raw();
  }

  private Acceptance run(Mail mail, Origin origin, LentDraft draft, Consumer<Plan> decided) {
    CompletableFuture<Void> late = new CompletableFuture<>();
    // Before the run, which is part of the time.
    Runnable cancel = timers.after(policy.doorDeadline(), () -> late.complete(null));
    CompletableFuture<PipelineRun> run;
    try {
      run = machinery.engine().start(machinery.pipeline().get(), Pipeline.MESSAGE, mail, false);
      CompletableFuture.anyOf(run, late).join();
    } catch (CompletionException e) {
      LOG.error("the run of mail {} failed", mail.id(), e.getCause());
      return refused(DoorStatus.NOT_NOW);
    } finally {
      cancel.run();
    }
    if (!run.isDone()) {
      return spool(mail, origin, run, draft);
    }
    Plan plan = run.join().plan();
    decided.accept(plan);
    return settle(plan, origin);
  }

  private Acceptance settle(Plan plan, Origin origin) {
    String id = origin.mail().id();
    Settlement settlement = machinery.planCommit().settle(plan, origin);
    Optional<Acceptance> failure =
        settlement.changes().isEmpty()
            ? Optional.empty()
            : failure(id, store.commit(new Batch(settlement.changes())));
    if (settlement.refusal().isPresent()) {
      return refused(settlement.refusal().get());
    }
    return failure.orElseGet(() -> new Acceptance.Accepted(id, settlement.refused()));
  }

  private Acceptance spool(
      Mail mail, Origin origin, CompletableFuture<PipelineRun> run, LentDraft draft) {
    SpoolEntry entry =
        new SpoolEntry(
            mail.id(),
            mail.client(),
            mail.envelope(),
            StoredMessage.NOT_YET,
            mail.attributes(),
            origin.processor(),
            mail.receivedAt(),
            0,
            clock.instant(),
            Optional.empty());
    machinery.inFlight().claim(mail.id());
    Optional<Acceptance> failure = Optional.of(refused(DoorStatus.NOT_NOW));
    try {
      failure =
          failure(
              mail.id(),
              store.commit(Batch.of(new Change.Spool(entry, origin.octets().asReceived()))));
    } finally {
      if (failure.isPresent()) {
        machinery.inFlight().release(mail.id());
      }
    }
    if (failure.isPresent()) {
      return failure.get();
    }
    LOG.info("mail {} waits in the spool for the end of its run", mail.id());
    draft.retain();
    Thread.ofVirtual().name("late-" + mail.id()).start(() -> finish(mail, origin, run, draft));
    return new Acceptance.Accepted(mail.id(), Map.of());
  }

  private void finish(
      Mail mail, Origin origin, CompletableFuture<PipelineRun> run, LentDraft draft) {
    try {
      Optional<SpoolEntry> entry = store.spool().entry(mail.id());
      if (entry.isPresent()) {
        Octets octets = origin.octets().storedAs(entry.get().message());
        machinery.spoolRun().commit(run.join(), Origin.spool(mail, octets, entry.get()));
      }
    } catch (RuntimeException e) {
      LOG.error("the run of mail {} is made again from the spool", mail.id(), e);
    } finally {
      draft.close();
      machinery.inFlight().release(mail.id());
    }
  }

  private static Optional<Acceptance> failure(String id, CommitResult result) {
    return switch (result) {
      case CommitResult.Committed() -> Optional.empty();
      case CommitResult.Conflict(var what) -> failed(id, what, refused(DoorStatus.NOT_NOW));
      case CommitResult.Full(var reason) -> failed(id, reason, refused(DoorStatus.NO_SPACE));
      case CommitResult.Failed(var reason) -> failed(id, reason, refused(DoorStatus.NOT_NOW));
      case CommitResult.Unclear(var reason) -> failed(id, reason, new Acceptance.Unclear());
    };
  }

  private static Optional<Acceptance> failed(String id, String reason, Acceptance answer) {
    LOG.error("mail {} could not be stored: {}", id, reason);
    return Optional.of(answer);
  }

  private static Acceptance refused(Status status) {
    return new Acceptance.Refused(status);
  }
}
