package dev.postrider.kernel.intake;

import dev.postrider.kernel.directory.Authenticator;
import dev.postrider.kernel.directory.Directory;
import dev.postrider.kernel.directory.Resolution;
import dev.postrider.kernel.guard.AddressRates;
import dev.postrider.kernel.guard.Bans;
import dev.postrider.kernel.guard.Offence;
import dev.postrider.kernel.guard.SenderLimit;
import dev.postrider.kernel.guard.SenderRates;
import dev.postrider.kernel.guard.Senders;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.kernel.port.Ids;
import dev.postrider.kernel.port.Timers;
import dev.postrider.kernel.spool.PlanCommit;
import dev.postrider.kernel.spool.RunsInFlight;
import dev.postrider.kernel.spool.SpoolRun;
import dev.postrider.kernel.store.ContentDraft;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Stage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides what is taken in, and takes it. Only a login or a relay network may send to other
 * domains; a login sends only as itself; LMTP leads to local mailboxes only. What the pipeline
 * settles before the deadline is committed before the answer, the rest waits in the spool.
 */
public final class Door implements Reception {
  private static final String LMTP = "LMTP";
  private static final List<String> SUBMISSION = List.of("submission", "submissions");

  /**
   * What the door works with.
   *
   * @param engine runs session processors and messages
   * @param pipeline the one in use
   * @param planCommit settles plans
   * @param spoolRun commits runs that took longer than the door waits
   * @param inFlight shared with the worker of the spool
   */
  public record Machinery(
      PipelineEngine engine,
      Supplier<Pipeline> pipeline,
      PlanCommit planCommit,
      SpoolRun spoolRun,
      RunsInFlight inFlight) {}

  /**
   * Who is kept from doing too much.
   *
   * @param rates of networks
   * @param senderRates of envelope senders
   * @param bans of networks
   * @param senders limits of logins
   */
  public record Guards(AddressRates rates, SenderRates senderRates, Bans bans, Senders senders) {}

  private final Store store;
  private final Directory directory;
  private final Authenticator authenticator;
  private final IntakePolicy policy;
  private final Guards guards;
  private final SessionChecks checks;
  private final Acceptor acceptor;

  /** One for all listeners. */
  public Door(
      Store store,
      Directory directory,
      Authenticator authenticator,
      Machinery machinery,
      IntakePolicy policy,
      Guards guards,
      Ids ids,
      InstantSource clock,
      Timers timers) {
    this.store = store;
    this.directory = directory;
    this.authenticator = authenticator;
    this.policy = policy;
    this.guards = guards;
    this.checks = new SessionChecks(machinery.engine(), machinery.pipeline(), ids, clock);
    this.acceptor = new Acceptor(store, directory, machinery, policy, ids, clock, timers);
  }

  // Listeners have the names that an admin likes; only the protocol tells (RFC 3848, RFC 6531
  // §4.3).
  static boolean isLmtp(Client client) {
    return client.protocol().contains(LMTP);
  }

  static boolean isSubmission(Client client) {
    return client.login().isPresent() || SUBMISSION.contains(client.listener());
  }

  @Override
  public Verdict connect(Client client) {
    return checks.ask(Pipeline.CONNECT, Stage.CONNECT, client, anyone(ReversePath.NULL));
  }

  @Override
  public LoginResult login(Client client, String user, String password) {
    return authenticator.login(client, user, password);
  }

  @Override
  public Verdict stillHolds(LoginResult.LoggedIn login) {
    return authenticator.holds(login)
        ? Verdict.OK
        : new Verdict.Refused(DoorStatus.LOG_IN_AGAIN, true);
  }

  @Override
  public Optional<Verdict> connectAtOnce(Client client) {
    return checks.asks(Pipeline.CONNECT) ? Optional.empty() : Optional.of(Verdict.OK);
  }

  @Override
  public Verdict sender(Client client, ReversePath sender, long declaredSize) {
    Verdict verdict = ruleOnSender(client, sender, declaredSize);
    return verdict instanceof Verdict.Refused
        ? verdict
        : checks.ask(Pipeline.SENDER, Stage.SENDER, client, anyone(sender));
  }

  @Override
  public Optional<Verdict> senderAtOnce(Client client, ReversePath sender, long declaredSize) {
    return checks.asks(Pipeline.SENDER) || !guards.senders().isLoaded(client)
        ? Optional.empty()
        : Optional.of(ruleOnSender(client, sender, declaredSize));
  }

  private Verdict ruleOnSender(Client client, ReversePath sender, long declaredSize) {
    if (answersForItself(client) && guards.bans().isBanned(client.address())) {
      return new Verdict.Refused(DoorStatus.BANNED, true);
    }
    if (declaredSize > policy.maxMessageSize()) {
      return Verdict.refuse(DoorStatus.TOO_BIG);
    }
    if (!hasRoom(declaredSize)) {
      return Verdict.refuse(DoorStatus.NO_SPACE);
    }
    if (isTooFast(AddressRates.Kind.MESSAGES, client)) {
      return Verdict.refuse(DoorStatus.TOO_MANY_MESSAGES);
    }
    if (SUBMISSION.contains(client.listener())
        && client.login().isEmpty()
        && !policy.relaysFor(client.address())) {
      return Verdict.refuse(DoorStatus.LOGIN_FIRST);
    }
    // Receipts and other automatic replies of a user's program have the null sender.
    if (policy.enforceSenderOwnership()
        && client.login().isPresent()
        && sender.address().isPresent()
        && !directory.mayUse(client.login().get(), sender.address().get())) {
      return Verdict.refuse(DoorStatus.NOT_YOUR_SENDER);
    }
    return counted(client, sender)
        .flatMap(address -> guards.senderRates().take(client.listener(), client.address(), address))
        .map(reached -> Verdict.refuse(DoorStatus.overRate(reached)))
        .orElseGet(() -> within(guards.senders().mayBegin(client)));
  }

  private Optional<EmailAddress> counted(Client client, ReversePath sender) {
    return answersForItself(client) ? sender.address() : Optional.empty();
  }

  // Logins have limits of their own, and what relays for others speaks for many.
  private boolean answersForItself(Client client) {
    return client.login().isEmpty() && !isLmtp(client) && !policy.relaysFor(client.address());
  }

  private boolean isTooFast(AddressRates.Kind kind, Client client) {
    return answersForItself(client)
        && !guards.rates().take(kind, client.listener(), client.address());
  }

  private static Verdict within(Optional<SenderLimit> limit) {
    return limit.map(reached -> Verdict.refuse(DoorStatus.overLimit(reached))).orElse(Verdict.OK);
  }

  private static Envelope anyone(ReversePath sender) {
    return Envelope.of(sender, List.of(Recipient.ANYONE));
  }

  private boolean hasRoom(long octets) {
    return store.room() >= Math.max(1, octets);
  }

  @Override
  public Verdict recipient(Client client, Envelope soFar, Recipient recipient) {
    Verdict verdict = ruleOnRecipient(client, soFar, recipient);
    return verdict instanceof Verdict.Refused
        ? verdict
        : checks.ask(
            Pipeline.RECIPIENT, Stage.RECIPIENT, client, soFar.withRecipients(List.of(recipient)));
  }

  @Override
  public Optional<Verdict> recipientAtOnce(Client client, Envelope soFar, Recipient recipient) {
    return checks.asks(Pipeline.RECIPIENT) || !guards.senders().isLoaded(client)
        ? Optional.empty()
        : Optional.of(ruleOnRecipient(client, soFar, recipient));
  }

  private Verdict ruleOnRecipient(Client client, Envelope soFar, Recipient recipient) {
    // The last question before a peer sends its content.
    if (!hasRoom(0)) {
      return Verdict.refuse(DoorStatus.NO_SPACE);
    }
    if (isTooFast(AddressRates.Kind.RECIPIENTS, client)) {
      return Verdict.refuse(DoorStatus.TOO_MANY_RECIPIENTS);
    }
    return switch (directory.resolve(recipient.address())) {
      case Resolution.Local _ -> named(client, soFar, recipient);
      case Resolution.Unknown() -> unknown(client);
      case Resolution.Broken(var _) -> Verdict.refuse(DoorStatus.NO_EXPANSION);
      case Resolution.Remote() ->
          mayRelay(client) ? named(client, soFar, recipient) : Verdict.refuse(DoorStatus.NO_RELAY);
    };
  }

  private Verdict named(Client client, Envelope soFar, Recipient recipient) {
    if (client.login().isEmpty()) {
      return Verdict.OK;
    }
    List<Recipient> all = new ArrayList<>(soFar.recipients());
    all.add(recipient);
    return within(guards.senders().mayName(client, all));
  }

  private Verdict unknown(Client client) {
    client.login().ifPresent(guards.senders()::failed);
    return offence(client, Offence.UNKNOWN_RECIPIENT) instanceof Verdict.Refused banned
        ? banned
        : Verdict.refuse(DoorStatus.NO_SUCH_USER);
  }

  @Override
  public Verdict offence(Client client, Offence offence) {
    if (!answersForItself(client)) {
      return Verdict.OK;
    }
    guards.bans().offend(client.address(), offence);
    return guards.bans().isBanned(client.address())
        ? new Verdict.Refused(DoorStatus.BANNED, true)
        : Verdict.OK;
  }

  private boolean mayRelay(Client client) {
    Optional<EmailAddress> login = client.login();
    return !isLmtp(client) && (login.isPresent() || policy.relaysFor(client.address()));
  }

  @Override
  public ContentDraft draft() {
    return new LentDraft(store.draft());
  }

  @Override
  public Acceptance message(Client client, Envelope envelope, ContentDraft draft) {
    Optional<EmailAddress> sender = counted(client, envelope.sender());
    if (sender.isEmpty()) {
      return taken(client, envelope, draft);
    }
    Optional<SenderRates.Turn> turn =
        guards.senderRates().begin(client.listener(), client.address(), sender.get());
    if (turn.isEmpty()) {
      return new Acceptance.Refused(DoorStatus.overRate(SenderRates.Kind.SENDER_AT_ONCE));
    }
    try (SenderRates.Turn _ = turn.get()) {
      return taken(client, envelope, draft);
    }
  }

  private Acceptance taken(Client client, Envelope envelope, ContentDraft draft) {
    Optional<SenderLimit> limit =
        guards
            .senders()
            .mayBegin(client)
            .or(() -> guards.senders().mayName(client, envelope.recipients()));
    if (limit.isPresent()) {
      return new Acceptance.Refused(DoorStatus.overLimit(limit.get()));
    }
    Optional<String> suspicion = guards.senders().suspicion(client, envelope);
    Acceptance acceptance =
        acceptor.accept(
            client,
            envelope,
            LentDraft.of(draft),
            suspicion,
            plan -> learn(client, envelope, plan));
    boolean accepted = acceptance instanceof Acceptance.Accepted;
    if (accepted) {
      guards.senders().sent(client, envelope, suspicion.isPresent());
    }
    if (answersForItself(client)) {
      if (accepted) {
        guards.bans().credit(client.address());
      } else if (acceptance instanceof Acceptance.Refused(var status) && status.isPermanent()) {
        guards.bans().offend(client.address(), Offence.REFUSED_MESSAGE);
      }
    }
    return acceptance;
  }

  private void learn(Client client, Envelope envelope, Plan plan) {
    if (plan.steps().stream()
        .anyMatch(step -> step.mail().attribute(Mail.PROVEN_SENDER).isPresent())) {
      counted(client, envelope.sender())
          .ifPresent(sender -> guards.senderRates().prove(client.address(), sender));
    }
  }
}
