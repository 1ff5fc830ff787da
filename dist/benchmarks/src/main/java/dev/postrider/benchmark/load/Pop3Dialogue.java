package dev.postrider.benchmark.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Logs in and retrieves every message once, one after the other. */
final class Pop3Dialogue implements Dialogue {

  /** CRLF.CRLF, the last octets that a server sends before it waits for a command. */
  private static final long END = 0x0D0A2E0D0AL;

  private static final long FIVE_OCTETS = 0xFFFFFFFFFFL;

  private enum State {
    GREETING,
    STLS,
    USER,
    PASS,
    STAT,
    RETR,
    QUIT
  }

  private final Connection connection;
  private final Workload work;
  private final int number;
  private final StringBuilder line = new StringBuilder();
  private State state = State.GREETING;
  private int messages;
  private int next = 1;
  private long last;
  private long askedAt;

  Pop3Dialogue(Connection connection, Workload work, int number) {
    this.connection = connection;
    this.work = work;
    this.number = number;
    if (work.job.tls() == Job.Tls.IMPLICIT) {
      connection.startTls();
    }
  }

  @Override
  public void secured() {
    if (work.job.tls() == Job.Tls.STARTTLS) {
      user();
    }
  }

  private void user() {
    state = State.USER;
    int account = (number - 1) % work.job.spread() + 1;
    connection.send(Octets.line("USER " + Job.numbered(work.job.user(), account)));
  }

  @Override
  public void received(ByteBuffer octets) {
    work.octets(octets.remaining());
    if (state == State.RETR) {
      retrieved(octets);
      return;
    }
    while (octets.hasRemaining()) {
      char c = (char) octets.get();
      if (c == '\n') {
        String text = line.toString().strip();
        line.setLength(0);
        on(text);
      } else {
        line.append(c);
      }
    }
  }

  private void on(String text) {
    if (!text.startsWith("+OK")) {
      fail(state + " was answered with " + text);
      return;
    }
    switch (state) {
      case GREETING -> {
        if (work.job.tls() == Job.Tls.STARTTLS) {
          state = State.STLS;
          connection.send(Octets.line("STLS"));
        } else {
          user();
        }
      }
      case STLS -> connection.startTls();
      case USER -> {
        state = State.PASS;
        connection.send(Octets.line("PASS " + work.job.password()));
      }
      case PASS -> {
        state = State.STAT;
        connection.send(Octets.line("STAT"));
      }
      case STAT -> {
        messages = Integer.parseInt(text.split(" ")[1]);
        work.ready(this, connection);
      }
      case QUIT -> {
        // The mailbox is free for the next session when the server has hung up.
      }
      case RETR -> throw new IllegalStateException("what is retrieved is no line");
    }
  }

  private void retrieved(ByteBuffer octets) {
    int size = octets.remaining();
    if (last == 0 && octets.get(octets.position()) != '+') {
      byte[] text = new byte[size];
      octets.get(text);
      fail(new String(text, StandardCharsets.ISO_8859_1).strip());
      return;
    }
    for (int at = Math.max(0, size - 5); at < size; at++) {
      last = (last << 8 | (octets.get(octets.position() + at) & 0xFF)) & FIVE_OCTETS;
    }
    octets.position(octets.limit());
    if (last == END) {
      work.done(System.nanoTime() - askedAt);
      retrieve();
    }
  }

  /** Begins to retrieve, or goes on. */
  void retrieve() {
    if (next > messages || !work.more()) {
      state = State.QUIT;
      connection.send(work.quit);
      return;
    }
    state = State.RETR;
    last = 0;
    askedAt = System.nanoTime();
    byte[] command = ("RETR " + next++ + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    connection.send(ByteBuffer.wrap(command));
  }

  @Override
  public void closed(String why) {
    if (state == State.QUIT) {
      work.ended();
      return;
    }
    fail(state + ": " + why);
  }

  private void fail(String why) {
    connection.close();
    work.failed(this, state.compareTo(State.STAT) > 0, false, why);
  }
}
