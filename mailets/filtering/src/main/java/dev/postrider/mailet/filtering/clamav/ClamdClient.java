package dev.postrider.mailet.filtering.clamav;

import dev.postrider.mailet.filtering.daemon.Deadline;
import dev.postrider.mailet.filtering.daemon.Dial;
import dev.postrider.mailet.filtering.daemon.IdleConnections;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Has messages scanned by clamd, over sessions that are kept for the next one. Thread: any. */
final class ClamdClient {

  private final Dial dial;
  private final IdleConnections<ClamdSession> idle = new IdleConnections<>(ClamdSession::end);

  ClamdClient(Dial dial) {
    this.dial = dial;
  }

  /**
   * The verdict on a message.
   *
   * @throws IOException when there is none within the time, with a reason for a person
   */
  ScanVerdict scan(Content message, Duration time) throws IOException {
    try (Deadline deadline = new Deadline(time)) {
      Optional<ScanVerdict> verdict = overIdle(message, deadline);
      return verdict.isPresent()
          ? verdict.get()
          : over(new ClamdSession(dial.connect(deadline)), message, deadline);
    }
  }

  // clamd may have closed it while it was idle; that shows before the answer begins.
  private Optional<ScanVerdict> overIdle(Content message, Deadline deadline) throws IOException {
    Optional<ClamdSession> taken = idle.take();
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    ClamdSession session = taken.get();
    deadline.watch(session.channel());
    try {
      return Optional.of(over(session, message, deadline));
    } catch (IOException e) {
      if (session.heard() || deadline.passed() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private ScanVerdict over(ClamdSession session, Content message, Deadline deadline)
      throws IOException {
    boolean fine = false;
    try {
      ScanVerdict verdict = session.scan(message);
      fine = verdict instanceof ScanVerdict.Clean || verdict instanceof ScanVerdict.Found;
      return verdict;
    } catch (IOException e) {
      throw deadline.reason(e);
    } finally {
      if (fine && !deadline.passed()) {
        idle.put(session);
      } else {
        Deadline.hangUp(session.channel());
      }
    }
  }
}
