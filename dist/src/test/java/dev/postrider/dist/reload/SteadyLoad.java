package dev.postrider.dist.reload;

import dev.postrider.dist.client.SmtpPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Sessions that stay open and send mails at a steady rate until they are ended. */
final class SteadyLoad {

  private static final int SESSIONS = 5;
  private static final int PER_SECOND = 200;

  private final AtomicInteger accepted = new AtomicInteger();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final List<Thread> sessions = new ArrayList<>();
  private volatile boolean over;

  /** Begins to send to alice. */
  static SteadyLoad start(int port) {
    SteadyLoad load = new SteadyLoad();
    for (int i = 0; i < SESSIONS; i++) {
      int session = i;
      load.sessions.add(Thread.ofPlatform().start(() -> load.run(port, session)));
    }
    return load;
  }

  private void run(int port, int session) {
    try (SmtpPeer peer = new SmtpPeer(port)) {
      long due = System.nanoTime();
      for (int i = 0; !over; i++) {
        String mail = "Subject: mail " + session + "-" + i + "\r\n\r\nhello\r\n";
        String reply =
            peer.send(
                "x@elsewhere.test", "alice@example.test", mail.getBytes(StandardCharsets.UTF_8));
        if (reply.startsWith("250")) {
          accepted.incrementAndGet();
        } else {
          faults.add(reply);
        }
        due += 1_000_000_000L * SESSIONS / PER_SECOND;
        LockSupport.parkNanos(due - System.nanoTime());
      }
      peer.command("QUIT");
    } catch (IOException e) {
      faults.add("session " + session + " was cut: " + e);
    }
  }

  /** How many mails were taken so far. */
  int accepted() {
    return accepted.get();
  }

  /** Replies that were no 250, and sessions that broke off. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Ends all sessions and waits for that; how many mails were taken. */
  int end() throws InterruptedException {
    over = true;
    for (Thread session : sessions) {
      session.join();
    }
    return accepted();
  }
}
