package dev.postrider.mailet.filtering.milter;

import dev.postrider.plugin.Mail;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

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
  private final IdleWires idle = new IdleWires();

  MilterClient(Dial dial, Limits limits) {
    this.dial = dial;
    this.limits = limits;
  }

  /**
   * The verdict on a mail.
   *
   * @throws IOException when there is none, with a reason for a person
   */
  Judged judge(Mail mail) throws IOException {
    AtomicReference<@Nullable SocketChannel> current = new AtomicReference<>();
    try (Alarm alarm = new Alarm(limits.whole(), () -> hangUp(current.get()))) {
      alarm.start();
      Optional<Judged> judged = overIdle(mail, alarm, current);
      return judged.isPresent() ? judged.get() : overNew(mail, alarm, current);
    }
  }

  private static void hangUp(@Nullable SocketChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Whoever waits on it is woken all the same.
        return;
      }
    }
  }

  // A milter may have closed it while it was idle; that shows before the first answer.
  private Optional<Judged> overIdle(
      Mail mail, Alarm alarm, AtomicReference<@Nullable SocketChannel> current) throws IOException {
    Optional<Wire> taken = idle.take();
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    Wire wire = taken.get();
    wire.restart();
    current.set(wire.channel());
    try {
      return Optional.of(over(wire, mail, alarm));
    } catch (IOException e) {
      if (wire.answers() == 0 && !alarm.rang()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Judged overNew(Mail mail, Alarm alarm, AtomicReference<@Nullable SocketChannel> current)
      throws IOException {
    Wire wire = new Wire(connect(alarm, current));
    try {
      wire.agree(Agreement.negotiate(wire, alarm, limits.connect()));
    } catch (IOException e) {
      wire.close();
      throw inTime(alarm, e);
    }
    return over(wire, mail, alarm);
  }

  private SocketChannel connect(Alarm alarm, AtomicReference<@Nullable SocketChannel> current)
      throws IOException {
    IOException last = new MilterFault("its name has no address");
    for (SocketAddress target : dial.targets()) {
      SocketChannel channel = Dial.channel(target);
      current.set(channel);
      alarm.set(limits.whole());
      // An alarm of its own, so that an address that does not answer leaves the others a chance.
      Alarm patience = new Alarm(limits.connect(), () -> hangUp(channel));
      try (patience) {
        patience.start();
        channel.connect(target);
        return channel;
      } catch (IOException e) {
        channel.close();
        last = new MilterFault(patience.rang() ? "it can't be reached in time" : "" + e, e);
      }
      if (alarm.rang() || Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    throw last;
  }

  private Judged over(Wire wire, Mail mail, Alarm alarm) throws IOException {
    Conversation conversation = new Conversation(wire, alarm, limits, mail);
    try {
      Verdict verdict = conversation.run();
      leave(wire, conversation.isComplete() && wire.agreement().reusable());
      return new Judged(verdict, wire.agreement());
    } catch (IOException e) {
      wire.close();
      throw inTime(alarm, e);
    } catch (RuntimeException e) {
      wire.close();
      throw e;
    }
  }

  // Whatever it looks like to whoever read or wrote, the alarm closed the connection.
  private static IOException inTime(Alarm alarm, IOException e) {
    return alarm.rang() ? new MilterFault("it did not answer in time", e) : e;
  }

  // The verdict stands, whatever becomes of the farewell.
  private void leave(Wire wire, boolean comeAgain) {
    try {
      wire.put(comeAgain ? 'K' : 'Q', new byte[0]);
      wire.flush();
    } catch (IOException e) {
      hangUp(wire.channel());
      return;
    }
    if (comeAgain) {
      idle.put(wire);
    } else {
      hangUp(wire.channel());
    }
  }
}
