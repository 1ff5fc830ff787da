package dev.postrider.protocol.smtp.server;

import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.protocol.line.Step;

/** Where a session is. Each state carries what exists in it, and nothing else. */
sealed interface SmtpState {
  Link link();

  /** The peer may send a command. */
  sealed interface Ready extends SmtpState {
    Ready with(Link link);
  }

  /** No transaction; greeted or not, as the link says. */
  record Idle(Link link) implements Ready {
    @Override
    public Idle with(Link other) {
      return new Idle(other);
    }
  }

  /** After MAIL: recipients so far, possibly none. */
  record Mailing(Link link, Envelope envelope) implements Ready {
    @Override
    public Mailing with(Link other) {
      return new Mailing(other, envelope);
    }
  }

  /** After the first BDAT and before the last (RFC 3030 §2). */
  record Chunking(Link link, Envelope envelope, long octets, int chunks) implements Ready {
    @Override
    public Chunking with(Link other) {
      return new Chunking(other, envelope, octets, chunks);
    }
  }

  /** Within AUTH, the peer's next line is no command. */
  record LoggingIn(Link link, Sasl sasl) implements SmtpState {}

  /** An offence is noted; what follows is decided already. */
  record Noting(Step<SmtpState, SmtpQuestion> then) implements SmtpState {
    @Override
    public Link link() {
      return then.state().link();
    }
  }

  /** The greeting waits for a peer that speaks first. */
  record Listening(Link link) implements SmtpState {}

  /** The connection is judged; nothing was said yet. */
  record AskingConnect(Link link) implements SmtpState {}

  /** The login is checked. */
  record AskingLogin(Link link) implements SmtpState {}

  /** MAIL is judged; the envelope has no recipients yet. */
  record AskingSender(Link link, Envelope envelope) implements SmtpState {}

  /** RCPT is judged. */
  record AskingRecipient(Link link, Envelope envelope, Recipient recipient) implements SmtpState {}

  /** The message is received and decided. */
  record AskingMessage(Link link, Envelope envelope) implements SmtpState {}

  /** A chunk that is not the last is received; the counts include it. */
  record AskingChunk(Link link, Envelope envelope, long octets, int chunks) implements SmtpState {}

  /** Chunks received so far are thrown away; the reply comes after that. */
  record Forgetting(Link link, Reply reply) implements SmtpState {}

  /** A chunk that is refused passes by; the reply comes after that. */
  record Skipping(Ready before, Reply reply) implements SmtpState {
    @Override
    public Link link() {
      return before.link();
    }
  }

  /** The handshake is awaited. */
  record Securing(Link link) implements SmtpState {}

  /** The last reply is given. */
  record Ended(Link link) implements SmtpState {}
}
