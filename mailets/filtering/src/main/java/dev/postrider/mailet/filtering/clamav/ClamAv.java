package dev.postrider.mailet.filtering.clamav;

import dev.postrider.mailet.filtering.HeaderName;
import dev.postrider.mailet.filtering.Treatment;
import dev.postrider.mailet.filtering.daemon.DaemonAddress;
import dev.postrider.mailet.filtering.daemon.DaemonFault;
import dev.postrider.mailet.filtering.daemon.Dial;
import dev.postrider.mailet.filtering.daemon.Engine;
import dev.postrider.mailet.filtering.daemon.Terms;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Stage;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.Elsewhere;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Has clamd look for viruses. The verdict is in the attributes {@code clamav.verdict} ({@code
 * clean}, {@code infected}, {@code too-large}, {@code failed}) and {@code clamav.signature}. Before
 * there is a message there is nothing to scan: the mail goes on.
 */
@Doc(
    "Has clamd look for viruses. The attribute clamav.verdict is clean, infected, too-large or"
        + " failed afterwards, clamav.signature the name of what was found.")
@Does({
  Action.REFUSE,
  Action.DEFER,
  Action.SET_ANY_ATTRIBUTE,
  Action.ADD_HEADERS,
  Action.EDIT_HEADERS
})
public final class ClamAv implements Mailet {

  private static final String VERDICT = "clamav.verdict";

  private final Engine<ScanVerdict> engine;
  private final ClamdClient client;
  private final ByteSize maxSize;
  private final Treatment found;
  private final Treatment tooLarge;
  private final Optional<HeaderName> header;

  /**
   * Asks a clamd.
   *
   * @throws IllegalArgumentException when a parameter is out of range
   */
  public ClamAv(
      Dns dns,
      Elsewhere elsewhere,
      InstantSource clock,
      System.Logger log,
      @Param(
              name = "address",
              doc = "Where clamd listens: unix:/run/clamav/clamd.ctl or inet:127.0.0.1:3310.",
              defaultValue = "unix:/run/clamav/clamd.ctl")
          DaemonAddress address,
      @Param(
              name = "connectTimeout",
              doc = "For the connection to each address of it.",
              defaultValue = "2s")
          Duration connectTimeout,
      @Param(
              name = "maxSize",
              doc =
                  "Larger mails are not scanned. Not more than StreamMaxLength in clamd.conf, which"
                      + " counts in any case.",
              defaultValue = "25m")
          ByteSize maxSize,
      @Param(
              name = "found",
              doc = "With a mail in which something was found.",
              defaultValue = "refuse")
          Treatment found,
      @Param(
              name = "tooLarge",
              doc = "With a mail that is too large to be scanned.",
              defaultValue = "mark")
          Treatment tooLarge,
      @Param(
              name = "header",
              doc =
                  "A header field that tells the verdict, such as X-Virus-Status; those that are"
                      + " there are taken off.")
          Optional<HeaderName> header,
      Terms terms) {
    this.engine =
        new Engine<>(
            "clamd " + address,
            elsewhere,
            clock,
            log,
            terms,
            ScanVerdict::text,
            ScanVerdict::parse);
    this.client = new ClamdClient(new Dial(address, dns, connectTimeout));
    this.maxSize = maxSize;
    this.found = found;
    this.tooLarge = tooLarge;
    this.header = header;
  }

  @Override
  public Outcome process(Mail mail) {
    if (mail.stage() != Stage.MESSAGE) {
      return Outcome.next(mail);
    }
    if (mail.message().size() > maxSize.octets()) {
      return outcome(mail, new ScanVerdict.TooLarge());
    }
    try {
      return outcome(mail, engine.ask(left -> client.scan(mail.message(), left)));
    } catch (DaemonFault fault) {
      return engine.failed(unknown(mail), fault);
    }
  }

  private Outcome outcome(Mail mail, ScanVerdict verdict) {
    return switch (verdict) {
      case ScanVerdict.Clean() -> Outcome.next(told(mail, "clean", "Clean"));
      case ScanVerdict.Found(var signature) ->
          found.outcome(
              told(mail, "infected", "Infected (" + signature + ")")
                  .withAttribute("clamav.signature", signature),
              550,
              "the message holds " + signature,
              "clamd found " + signature);
      case ScanVerdict.TooLarge() ->
          tooLarge.outcome(
              told(mail, "too-large", "Not scanned (too large)"),
              552,
              "the message is too large to be scanned",
              "too large to be scanned by clamd");
      case ScanVerdict.Unable(var reason) -> engine.unable(unknown(mail), reason);
    };
  }

  private Mail told(Mail mail, String verdict, String words) {
    Mail marked = mail.withAttribute(VERDICT, verdict);
    return header.map(name -> name.put(marked, words)).orElse(marked);
  }

  private Mail unknown(Mail mail) {
    return told(mail, "failed", "Not scanned (no answer)");
  }
}
