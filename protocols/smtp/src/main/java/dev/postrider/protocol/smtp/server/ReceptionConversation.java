package dev.postrider.protocol.smtp.server;

import dev.postrider.kernel.intake.Acceptance;
import dev.postrider.kernel.intake.LoginResult;
import dev.postrider.kernel.intake.Reception;
import dev.postrider.kernel.intake.Verdict;
import dev.postrider.kernel.store.ContentDraft;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Envelope;
import dev.postrider.protocol.line.ContentEnd;
import dev.postrider.protocol.line.Conversation;
import dev.postrider.protocol.line.Exchange;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a session's questions to the kernel, and its content into drafts. */
final class ReceptionConversation implements Conversation<SmtpQuestion, SmtpAnswer> {
  private static final Logger LOG = LoggerFactory.getLogger(ReceptionConversation.class);

  private final Reception reception;
  private @Nullable ContentDraft chunks;
  private LoginResult.@Nullable LoggedIn login;

  ReceptionConversation(Reception reception) {
    this.reception = reception;
  }

  @Override
  public SmtpAnswer answer(SmtpQuestion question, Exchange exchange) {
    return switch (question) {
      case SmtpQuestion.Connect q -> new SmtpAnswer.Judged(reception.connect(q.client()));
      case SmtpQuestion.Offended q ->
          new SmtpAnswer.Judged(reception.offence(q.client(), q.offence()));
      case SmtpQuestion.Login q -> logIn(q);
      case SmtpQuestion.Sender q ->
          judged(() -> reception.sender(q.client(), q.envelope().sender(), q.declaredSize()));
      case SmtpQuestion.Rcpt q ->
          judged(() -> reception.recipient(q.client(), q.soFar(), q.recipient()));
      case SmtpQuestion.Message q -> message(q, exchange);
      case SmtpQuestion.Chunk q -> chunk(q, exchange);
      case SmtpQuestion.Forget q -> {
        forget();
        yield new SmtpAnswer.Done();
      }
    };
  }

  private SmtpAnswer logIn(SmtpQuestion.Login q) {
    LoginResult result = reception.login(q.client(), q.user(), q.password());
    if (result instanceof LoginResult.LoggedIn in) {
      login = in;
    }
    return new SmtpAnswer.Checked(result);
  }

  private SmtpAnswer judged(Supplier<Verdict> question) {
    return new SmtpAnswer.Judged(
        stillHolds() instanceof Verdict.Refused refused ? refused : question.get());
  }

  // A password may be taken away while its session is open.
  private Verdict stillHolds() {
    LoginResult.LoggedIn in = login;
    return in == null ? Verdict.OK : reception.stillHolds(in);
  }

  @Override
  public @Nullable SmtpAnswer answerAtOnce(SmtpQuestion question) {
    Optional<Verdict> verdict =
        switch (question) {
          case SmtpQuestion.Connect q -> reception.connectAtOnce(q.client());
          case SmtpQuestion.Offended q -> Optional.of(reception.offence(q.client(), q.offence()));
          case SmtpQuestion.Sender q ->
              atOnce(
                  () ->
                      reception.senderAtOnce(q.client(), q.envelope().sender(), q.declaredSize()));
          case SmtpQuestion.Rcpt q ->
              atOnce(() -> reception.recipientAtOnce(q.client(), q.soFar(), q.recipient()));
          case SmtpQuestion.Login _,
              SmtpQuestion.Message _,
              SmtpQuestion.Chunk _,
              SmtpQuestion.Forget _ ->
              Optional.empty();
        };
    return verdict.map(SmtpAnswer.Judged::new).orElse(null);
  }

  private Optional<Verdict> atOnce(Supplier<Optional<Verdict>> question) {
    return stillHolds() instanceof Verdict.Refused refused ? Optional.of(refused) : question.get();
  }

  private SmtpAnswer message(SmtpQuestion.Message q, Exchange exchange) {
    try (ContentDraft draft = reception.draft()) {
      SmtpAnswer taken = take(draft, exchange);
      return taken instanceof SmtpAnswer.Done ? decide(q.client(), q.envelope(), draft) : taken;
    }
  }

  private SmtpAnswer chunk(SmtpQuestion.Chunk q, Exchange exchange) {
    if (q.first()) {
      forget();
    }
    ContentDraft draft = chunks == null ? reception.draft() : chunks;
    chunks = draft;
    boolean goesOn = false;
    try {
      SmtpAnswer taken = take(draft, exchange);
      goesOn = taken instanceof SmtpAnswer.Done && !q.last();
      return taken instanceof SmtpAnswer.Done && q.last()
          ? decide(q.client(), q.envelope(), draft)
          : taken;
    } finally {
      if (!goesOn) {
        forget();
      }
    }
  }

  private SmtpAnswer take(ContentDraft draft, Exchange exchange) {
    try {
      ContentEnd end = exchange.content((octets, length) -> draft.write(octets, 0, length));
      return end == ContentEnd.COMPLETE ? new SmtpAnswer.Done() : new SmtpAnswer.Malformed(end);
    } catch (IOException e) {
      LOG.error("A message cannot be stored while it is received; the peer is asked to wait", e);
      return new SmtpAnswer.NoRoom();
    }
  }

  private SmtpAnswer decide(Client client, Envelope envelope, ContentDraft draft) {
    if (stillHolds() instanceof Verdict.Refused refused) {
      return new SmtpAnswer.Decided(new Acceptance.Refused(refused.status()));
    }
    try {
      draft.finish();
    } catch (IOException e) {
      LOG.error("A received message cannot be finished; the peer is asked to wait", e);
      return new SmtpAnswer.NoRoom();
    }
    return new SmtpAnswer.Decided(reception.message(client, envelope, draft));
  }

  private void forget() {
    if (chunks != null) {
      chunks.close();
      chunks = null;
    }
  }

  @Override
  public void close() {
    forget();
  }
}
