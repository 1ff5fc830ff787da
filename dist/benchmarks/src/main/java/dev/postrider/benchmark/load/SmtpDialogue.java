package dev.postrider.benchmark.load;

import java.nio.ByteBuffer;

/** Sends messages one after the other, without pipelining, as smtp-source does. */
final class SmtpDialogue implements Dialogue {

  private enum State {
    GREETING,
    EHLO,
    STARTTLS,
    WAITING,
    MAIL,
    RCPT,
    DATA,
    CONTENT
  }

  private final Connection connection;
  private final Workload work;
  private final Sender sender;
  private final ReplyReader reply = new ReplyReader();
  private State state = State.GREETING;
  private boolean securing;
  private int sent;
  private long dataAt;

  SmtpDialogue(Connection connection, Workload work, Sender sender) {
    this.connection = connection;
    this.work = work;
    this.sender = sender;
    sender.proxy().ifPresent(connection::send);
    if (work.job.tls() == Job.Tls.IMPLICIT) {
      connection.startTls();
    }
  }

  @Override
  public void secured() {
    if (work.job.tls() == Job.Tls.STARTTLS) {
      ehlo();
    }
  }

  @Override
  public void received(ByteBuffer octets) {
    while (octets.hasRemaining()) {
      int code = reply.take(octets.get());
      if (code >= 0) {
        on(code);
      }
    }
  }

  private void ehlo() {
    state = State.EHLO;
    connection.send(work.ehlo);
  }

  private void on(int code) {
    if (code < 200 || code >= 400) {
      fail(state + " was answered with " + code);
      return;
    }
    switch (state) {
      case GREETING -> ehlo();
      case EHLO -> {
        if (work.job.tls() == Job.Tls.STARTTLS && !securing) {
          state = State.STARTTLS;
          connection.send(work.startTls);
        } else {
          state = State.WAITING;
          work.ready(this, connection);
        }
      }
      case STARTTLS -> {
        securing = true;
        connection.startTls();
      }
      case WAITING -> fail("a reply that nothing asked for: " + code);
      case MAIL -> {
        state = State.RCPT;
        connection.send(work.recipient());
      }
      case RCPT -> {
        state = State.DATA;
        dataAt = System.nanoTime();
        connection.send(work.data);
      }
      case DATA -> {
        state = State.CONTENT;
        connection.send(mail().message().toArray(ByteBuffer[]::new));
      }
      case CONTENT -> {
        state = State.WAITING;
        sent++;
        work.done(System.nanoTime() - dataAt);
        if (sent >= work.job.perConnection()) {
          connection.sendAndClose(work.quit);
          work.replace();
        } else {
          work.free(this);
        }
      }
    }
  }

  private Sender.Mail mail() {
    return sender.mails().get(sent % sender.mails().size());
  }

  /** Begins the next message. */
  void start() {
    state = State.MAIL;
    connection.send(mail().command());
  }

  /** Ends the session. */
  void quit() {
    connection.sendAndClose(work.quit);
  }

  @Override
  public void closed(String why) {
    fail(state + ": " + why);
  }

  private void fail(String why) {
    connection.close();
    work.failed(this, state.compareTo(State.WAITING) >= 0, state.compareTo(State.WAITING) > 0, why);
  }
}
