package dev.postrider.mailet.filtering.daemon;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.Elsewhere;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * A daemon that judges mails, asked on an admin's terms. Thread: any virtual thread.
 *
 * @param <V> its verdict
 */
public final class Engine<V> {

  private final String name;
  private final Elsewhere elsewhere;
  private final System.Logger log;
  private final Terms terms;
  private final Gate gate;
  private final Function<V, String> write;
  private final Function<String, V> read;

  /**
   * A daemon.
   *
   * @param name the daemon and where it is, for a person
   * @param write a verdict as text
   * @param read the verdict of such a text
   */
  public Engine(
      String name,
      Elsewhere elsewhere,
      InstantSource clock,
      System.Logger log,
      Terms terms,
      Function<V, String> write,
      Function<String, V> read) {
    this.name = name;
    this.elsewhere = elsewhere;
    this.log = log;
    this.terms = terms;
    this.gate = new Gate(terms, clock);
    this.write = write;
    this.read = read;
  }

  /**
   * Its verdict.
   *
   * @throws DaemonFault when there is none, with a reason in one line for a person
   */
  public V ask(Gate.Question<V> question) throws DaemonFault {
    try {
      return elsewhere.ask(name, () -> gate.through(question), write, read);
    } catch (IOException | IllegalArgumentException e) {
      throw new DaemonFault(OnFailure.reason(name, e), e);
    }
  }

  /** What becomes of a mail without a verdict, with the fault's reason. */
  public Outcome failed(Mail told, DaemonFault fault) {
    return failed(told, String.valueOf(fault.getMessage()));
  }

  /** What becomes of a mail that it says it could not judge. */
  public Outcome unable(Mail told, String reason) {
    return failed(told, OnFailure.oneLine(name + " could not judge it: " + reason));
  }

  private Outcome failed(Mail told, String reason) {
    log.log(System.Logger.Level.WARNING, () -> "mail " + told.id() + ": " + reason);
    return terms.onFailure().outcome(told, reason);
  }
}
