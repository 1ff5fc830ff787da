package dev.postrider.mailet.spam.greylist;

import dev.postrider.mailet.spam.checked.CheckedSender;
import dev.postrider.mailet.spam.memory.Key;
import dev.postrider.mailet.spam.memory.Memory;
import dev.postrider.mailet.spam.memory.Row;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.PluginState;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Puts mail off that comes from a network (/24 or /64) for the first time for this sender and
 * recipient (RFC 6647). Real servers come again; much of what sends spam does not.
 */
@Doc(
    "Asks the sending host to come again later when this network, sender and recipient are seen for"
        + " the first time. Who came again before, whom a user wrote to, and whose SPF is valid, is"
        + " let through.")
@Does(Action.REFUSE)
public final class Greylist implements Mailet {

  private static final String QUESTION = "spam greylist";
  private static final Duration LONGEST = Duration.ofDays(3650);

  // What a row counts: how often a mail went through.
  private final Memory memory;
  private final Elsewhere elsewhere;
  private final System.Logger log;
  private final Correspondents correspondents;
  private final int delay;
  private final int window;
  private final int keep;
  private final boolean exemptSpf;

  /**
   * Greylists.
   *
   * @throws IllegalArgumentException when a sender could not come in time
   */
  public Greylist(
      PluginState state,
      InstantSource clock,
      Elsewhere elsewhere,
      System.Logger log,
      @Param(
              name = "delay",
              doc = "How long after the first try the next one is taken.",
              defaultValue = "5m")
          Duration delay,
      @Param(
              name = "window",
              doc = "How long after the first try the next one has to come.",
              defaultValue = "2d")
          Duration window,
      @Param(
              name = "keep",
              doc = "How long a network, sender and recipient are known after their last mail.",
              defaultValue = "40d")
          Duration keep,
      @Param(
              name = "exemptSpf",
              doc = "Whether mail whose SPF result is pass goes through at once; put Spf before.",
              defaultValue = "true")
          boolean exemptSpf) {
    if (delay.compareTo(window) >= 0) {
      throw new IllegalArgumentException("the delay has to be shorter than the window");
    }
    if (keep.compareTo(window) < 0 || keep.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "keep is at least as long as the window, and at most " + LONGEST.toDays() + "d");
    }
    this.elsewhere = elsewhere;
    this.log = log;
    this.memory = memory(state, clock);
    this.correspondents = new Correspondents(state, clock);
    this.delay = (int) delay.toMinutes();
    this.window = (int) window.toMinutes();
    this.keep = (int) keep.toMinutes();
    this.exemptSpf = exemptSpf;
  }

  /** What is remembered; who only tried once never drives out who came again. */
  static Memory memory(PluginState state, InstantSource clock) {
    return new Memory(state, clock, "grey/", row -> row.b() > 0);
  }

  /** Under which number a mail to this recipient is remembered. */
  static long key(Mail mail, EmailAddress recipient) {
    return Key.of(
        "grey",
        Key.network(mail.client().address()).toString(),
        mail.sender().address().map(address -> address.folded().toString()).orElse(""),
        recipient.folded().toString());
  }

  @Override
  public Outcome process(Mail mail) {
    if (exemptSpf && CheckedSender.isSpf(mail, "pass")) {
      return Outcome.next(mail);
    }
    int wait = asked(mail);
    return wait == 0
        ? Outcome.next(mail)
        : new Outcome.Refuse(
            Status.temporary("4.7.1", "Not seen before; please try again in " + wait + " minutes"));
  }

  // As something elsewhere: a replay repeats the answer, a test of a pipeline states the minutes.
  private int asked(Mail mail) {
    try {
      return elsewhere.ask(
          QUESTION,
          () -> longest(mail),
          minutes -> "" + minutes,
          text -> Integer.parseInt(text.strip()));
    } catch (IOException | PluginState.Unavailable | NumberFormatException e) {
      log.log(
          System.Logger.Level.DEBUG,
          () -> "mail " + mail.id() + " is not put off: " + e.getMessage());
      return 0;
    }
  }

  private int longest(Mail mail) {
    int wait = 0;
    for (Recipient recipient : mail.recipients()) {
      wait = Math.max(wait, wait(mail, recipient.address()));
    }
    return wait;
  }

  // Minutes until this recipient's mail is taken; 0 for now.
  private int wait(Mail mail, EmailAddress recipient) {
    Optional<EmailAddress> sender = mail.sender().address();
    if (sender.isPresent() && correspondents.know(recipient, sender.get())) {
      return 0;
    }
    long key = key(mail, recipient);
    int now = memory.minute();
    Optional<Row> known = memory.get(key);
    boolean passed = known.filter(row -> row.b() > 0 && now - row.minute() <= keep).isPresent();
    boolean waited =
        known
            .filter(row -> row.b() == 0 && now - row.a() >= delay && now - row.a() <= window)
            .isPresent();
    if (passed || waited) {
      int first = known.map(Row::a).orElse(now);
      memory.put(key, new Row(first, known.map(Row::b).orElse(0) + 1, now));
      return 0;
    }
    boolean waiting = known.filter(row -> row.b() == 0 && now - row.a() < delay).isPresent();
    if (waiting) {
      return delay - (now - known.map(Row::a).orElse(now));
    }
    memory.put(key, new Row(now, 0, now));
    return Math.max(1, delay);
  }
}
