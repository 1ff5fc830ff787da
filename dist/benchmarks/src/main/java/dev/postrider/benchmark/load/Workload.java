package dev.postrider.benchmark.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Runs one job: keeps its sessions open and hands out the work. One thread. */
final class Workload {

  private static final int OPENING_AT_A_TIME = 64;
  private static final int FAILURES = 1000;
  private static final long PATIENCE = 120_000_000_000L;

  final Job job;
  final ByteBuffer ehlo = Octets.line("EHLO client.test");
  final ByteBuffer startTls = Octets.line("STARTTLS");
  final ByteBuffer data = Octets.line("DATA");
  final ByteBuffer quit = Octets.line("QUIT");

  private final List<Sender> senders;
  private final ByteBuffer[] recipients;
  private final ByteBuffer shared = ByteBuffer.allocateDirect(1 << 17);
  private final ClientContext tls = new ClientContext();
  private final Measurement measured = new Measurement();
  private final BufferedReader commands;
  private final PrintStream answers;
  private final Selector selector;

  private final Deque<Dialogue> waiting = new ArrayDeque<>();
  private int numbers;
  private int live;
  private int opening;
  private int running;
  private int recipient;
  private boolean started;
  private boolean over;
  private long begun;
  private long startedAt;
  private long progressAt = System.nanoTime();

  /**
   * Prepares a job.
   *
   * @param commands where a line is read from when the job is to hold
   * @param answers where "ready" is said then
   */
  Workload(Job job, BufferedReader commands, PrintStream answers) throws IOException {
    this.job = job;
    this.commands = commands;
    this.answers = answers;
    this.selector = Selector.open();
    this.senders =
        job.mails().isEmpty()
            ? List.of(Sender.of(job.from(), job.size()))
            : Sender.in(Path.of(job.mails()));
    this.recipients = new ByteBuffer[job.spread()];
    for (int i = 0; i < recipients.length; i++) {
      recipients[i] = Octets.line("RCPT TO:<" + Job.numbered(job.to(), i + 1) + ">");
    }
  }

  /** Does the job. Blocks. */
  Measurement run() throws IOException {
    try (Selector closing = selector) {
      if (!job.hold() && job.protocol() == Job.Protocol.SMTP) {
        start();
      }
      while (!over) {
        open();
        closing.select(Connection::selected, pause());
        pace();
        check();
      }
      measured.took(System.nanoTime() - startedAt);
      measured.backlog(job.rate() > 0 ? Math.max(0, due() - begun) : 0);
      for (SelectionKey key : closing.keys()) {
        ((Connection) key.attachment()).close();
      }
    }
    return measured;
  }

  /**
   * Each mailbox has one session; for sending, another session takes the place of one that ended.
   */
  private boolean lacksSessions() {
    int had = job.protocol() == Job.Protocol.POP3 ? numbers : live;
    return had < job.sessions() && opening < OPENING_AT_A_TIME && !exhausted();
  }

  private void open() throws IOException {
    while (lacksSessions()) {
      int number = ++numbers;
      String source = "127.0.0." + (1 + (number - 1) % job.sources());
      live++;
      opening++;
      measured.connected();
      new Connection(
          selector,
          new InetSocketAddress(source, 0),
          job.server(),
          shared,
          tls,
          connection ->
              job.protocol() == Job.Protocol.POP3
                  ? new Pop3Dialogue(connection, this, number)
                  : new SmtpDialogue(connection, this, senders.get(number % senders.size())));
    }
  }

  private void start() throws IOException {
    if (job.hold()) {
      answers.println("{\"event\": \"ready\"}");
      answers.flush();
      if (commands.readLine() == null || job.protocol() == Job.Protocol.IDLE) {
        over = true;
      }
    }
    started = true;
    startedAt = System.nanoTime();
    progressAt = startedAt;
    List<Dialogue> all = new ArrayList<>(waiting);
    waiting.clear();
    all.forEach(this::assign);
  }

  private void assign(Dialogue dialogue) {
    switch (dialogue) {
      case Pop3Dialogue pop3 -> pop3.retrieve();
      case SmtpDialogue smtp -> free(smtp);
    }
  }

  /** A session can begin. */
  void ready(Dialogue dialogue, Connection connection) {
    opening--;
    progressAt = System.nanoTime();
    measured.security(connection.security());
    if (started) {
      assign(dialogue);
    } else {
      waiting.add(dialogue);
    }
  }

  /** A session has nothing to do. */
  void free(SmtpDialogue dialogue) {
    if (exhausted()) {
      live--;
      dialogue.quit();
    } else if (job.rate() > 0 && begun >= due()) {
      waiting.add(dialogue);
    } else {
      begun++;
      running++;
      dialogue.start();
    }
  }

  private void pace() throws IOException {
    if (!started && waiting.size() == job.sessions()) {
      start();
    }
    while (started && !waiting.isEmpty() && (exhausted() || begun < due())) {
      assign(waiting.remove());
    }
    if (started && job.protocol() == Job.Protocol.SMTP) {
      over = over || (running == 0 && exhausted());
    }
  }

  private void check() throws IOException {
    if (measured.failures() > FAILURES) {
      throw new IOException("more than " + FAILURES + " failures: " + measured.firstFailure());
    }
    if (!over && System.nanoTime() - progressAt > PATIENCE) {
      throw new IOException("nothing came from the server for 120 s");
    }
  }

  /** No message is to be begun any more. */
  private boolean exhausted() {
    return begun >= job.messages()
        || (started && job.seconds() > 0 && System.nanoTime() - startedAt > job.seconds() * 1e9);
  }

  private long due() {
    return job.rate() > 0
        ? (long) ((System.nanoTime() - startedAt) * 1e-9 * job.rate()) + 1
        : Long.MAX_VALUE;
  }

  private long pause() {
    return job.rate() > 0 && !waiting.isEmpty() ? 1 : 200;
  }

  /** The RCPT command of the next message. */
  ByteBuffer recipient() {
    recipient = (recipient + 1) % recipients.length;
    return recipients[recipient];
  }

  /** Takes part of what is to be retrieved; false when all is taken. */
  boolean more() {
    if (exhausted()) {
      return false;
    }
    begun++;
    return true;
  }

  /** A message was sent or retrieved. */
  void done(long nanos) {
    running--;
    progressAt = System.nanoTime();
    measured.done(nanos);
  }

  /** Octets came in. */
  void octets(int count) {
    measured.octets(count);
  }

  /** A session that has sent its share is closed; another takes its place. */
  void replace() {
    live--;
  }

  /** A session has retrieved all. */
  void ended() {
    live--;
    over = live == 0;
  }

  /** A session is broken off. */
  void failed(Dialogue dialogue, boolean wasReady, boolean inMessage, String why) {
    measured.failed(why);
    live--;
    if (!wasReady) {
      opening--;
    }
    if (inMessage) {
      running--;
    }
    waiting.remove(dialogue);
    over = over || (job.protocol() == Job.Protocol.POP3 && live == 0);
  }
}
