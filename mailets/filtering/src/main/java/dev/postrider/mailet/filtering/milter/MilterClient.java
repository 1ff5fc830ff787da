package dev.postrider.mailet.filtering.milter;

import dev.postrider.mailet.filtering.daemon.Deadline;
import dev.postrider.mailet.filtering.daemon.Dial;
import dev.postrider.mailet.filtering.daemon.IdleConnections;
import dev.postrider.plugin.Mail;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Finds a connection for each mail, old or new, and has the mail judged over it. Thread: any. */
final class MilterClient {

  /**
   * What came of it.
   *
   * @param agreement under which the changes are to be read
   */
  record Judged(Verdict verdict, Agreement agreement) {}

  private final Dial dial;
  private final Limits limits;
  private final IdleConnections<Wire> idle = new IdleConnections<>(MilterClient::quit);

  MilterClient(Dial dial, Limits limits) {
    this.dial = dial;
    this.limits = limits;
  }

  /**
   * The verdict on a mail.
   *
   * @throws IOException when there is none within the time, with a reason for a person
   */
  Judged judge(Mail mail, Duration time) throws IOException {
    try (Deadline deadline = new Deadline(time)) {
      Optional<Judged> judged = overIdle(mail, deadline);
      return judged.isPresent() ? judged.get() : overNew(mail, deadline);
    }
  }

  // A milter may have closed it while it was idle; that shows before the first answer.
  private Optional<Judged> overIdle(Mail mail, Deadline deadline) throws IOException {
    Optional<Wire> taken = idle.take();
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    Wire wire = taken.get();
    wire.restart();
    deadline.watch(wire.channel());
    try {
      return Optional.of(over(wire, mail, deadline));
    } catch (IOException e) {
      if (wire.answers() == 0 && !deadline.passed()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Judged overNew(Mail mail, Deadline deadline) throws IOException {
    Wire wire = new Wire(dial.connect(deadline));
    try {
      wire.agree(Agreement.negotiate(wire, deadline, dial.patience()));
    } catch (IOException e) {
      wire.close();
      throw deadline.reason(e);
    }
    return over(wire, mail, deadline);
  }

  private Judged over(Wire wire, Mail mail, Deadline deadline) throws IOException {
    Conversation conversation = new Conversation(wire, deadline, limits, mail);
    try {
      Verdict verdict = conversation.run();
      leave(wire, conversation.isComplete() && wire.agreement().reusable());
      return new Judged(verdict, wire.agreement());
    } catch (IOException e) {
      wire.close();
      throw deadline.reason(e);
    } catch (RuntimeException e) {
      wire.close();
      throw e;
    }
  }

  private void leave(Wire wire, boolean comeAgain) {
    if (!comeAgain) {
      quit(wire);
    } else if (said(wire, 'K')) {
      idle.put(wire);
    }
  }

  private static void quit(Wire wire) {
    if (said(wire, 'Q')) {
      Deadline.hangUp(wire.channel());
    }
  }

  // The verdict stands, whatever becomes of the farewell.
  private static boolean said(Wire wire, char farewell) {
    try {
      wire.put(farewell, new byte[0]);
      wire.flush();
      return true;
    } catch (IOException e) {
      Deadline.hangUp(wire.channel());
      return false;
    }
  }
}
