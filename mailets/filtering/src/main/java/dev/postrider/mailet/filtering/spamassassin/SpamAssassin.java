package dev.postrider.mailet.filtering.spamassassin;

import dev.postrider.mailet.filtering.HeaderName;
import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.Score;
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
 * Has spamd judge a mail. The verdict is in the attributes {@code spamassassin.verdict} ({@code
 * ham}, {@code spam}, {@code too-large}, {@code failed}), {@code .score}, {@code .threshold} and
 * {@code .symbols}. Before there is a message the mail goes on.
 */
@Doc(
    "Has SpamAssassin's spamd judge the mail. The attribute spamassassin.verdict is ham, spam,"
        + " too-large or failed afterwards; spamassassin.score, .threshold and .symbols (the names of"
        + " the rules that matched) say why.")
@Does({
  Action.REFUSE,
  Action.DEFER,
  Action.SET_ANY_ATTRIBUTE,
  Action.ADD_HEADERS,
  Action.EDIT_HEADERS
})
public final class SpamAssassin implements Mailet {

  private static final int LONGEST_ATTRIBUTE = 2000;

  private final Engine<SpamdVerdict> engine;
  private final SpamdClient client;
  private final ByteSize maxSize;
  private final Optional<Score> threshold;
  private final Treatment spam;
  private final Optional<Score> refuseAt;
  private final Optional<HeaderName> header;

  /**
   * Asks a spamd.
   *
   * @throws IllegalArgumentException when a parameter is out of range
   */
  public SpamAssassin(
      Dns dns,
      Elsewhere elsewhere,
      InstantSource clock,
      System.Logger log,
      @Param(
              name = "address",
              doc = "Where spamd listens: inet:127.0.0.1:783 or unix:/run/spamd.sock.",
              defaultValue = "inet:127.0.0.1:783")
          DaemonAddress address,
      @Param(
              name = "connectTimeout",
              doc = "For the connection to each address of it.",
              defaultValue = "2s")
          Duration connectTimeout,
      @Param(name = "user", doc = "Whose rules and threshold count, where spamd knows several.")
          Optional<String> user,
      @Param(
              name = "maxSize",
              doc = "Larger mails are not judged, which is what spamc does too.",
              defaultValue = "500k")
          ByteSize maxSize,
      @Param(
              name = "threshold",
              doc = "The score from which on a mail is spam; spamd's own where it is not given.")
          Optional<Score> threshold,
      @Param(name = "spam", doc = "With a mail that is spam.", defaultValue = "mark")
          Treatment spam,
      @Param(name = "refuseAt", doc = "The score from which on spam is refused whatever spam says.")
          Optional<Score> refuseAt,
      @Param(
              name = "header",
              doc =
                  "A header field that tells the verdict, such as X-Spam-Status; those that are"
                      + " there are taken off.")
          Optional<HeaderName> header,
      Terms terms) {
    this.engine =
        new Engine<>(
            "spamd " + address,
            elsewhere,
            clock,
            log,
            terms,
            SpamdVerdict::text,
            SpamdVerdict::parse);
    this.client = new SpamdClient(new Dial(address, dns, connectTimeout), user);
    this.maxSize = maxSize;
    this.threshold = threshold;
    this.spam = spam;
    this.refuseAt = refuseAt;
    this.header = header;
  }

  @Override
  public Outcome process(Mail mail) {
    if (mail.stage() != Stage.MESSAGE) {
      return Outcome.next(mail);
    }
    if (mail.message().size() > maxSize.octets()) {
      return Outcome.next(told(mail, "too-large", "No, not judged (too large)"));
    }
    try {
      return switch (engine.ask(left -> client.judge(mail.message(), left))) {
        case SpamdVerdict.Scored scored -> outcome(mail, scored);
        case SpamdVerdict.Unable(var reason) -> engine.unable(unknown(mail), reason);
      };
    } catch (DaemonFault fault) {
      return engine.failed(unknown(mail), fault);
    }
  }

  private Outcome outcome(Mail mail, SpamdVerdict.Scored scored) {
    Score limit = threshold.orElse(scored.threshold());
    boolean isSpam = scored.score().reaches(limit);
    String figures = "score=" + scored.score() + " required=" + limit;
    String tests = String.join(",", scored.symbols());
    Mail marked =
        told(
                mail,
                isSpam ? "spam" : "ham",
                (isSpam ? "Yes, " : "No, ")
                    + figures
                    + " tests="
                    + String.join(", ", scored.symbols()))
            .withAttribute("spamassassin.score", scored.score().toString())
            .withAttribute("spamassassin.threshold", limit.toString())
            .withAttribute("spamassassin.symbols", OnFailure.oneLine(tests, LONGEST_ATTRIBUTE));
    if (!isSpam) {
      return Outcome.next(marked);
    }
    Treatment treatment =
        refuseAt.filter(scored.score()::reaches).map(_ -> Treatment.REFUSE).orElse(spam);
    return treatment.outcome(
        marked, 550, "the message looks like spam", "spam says spamd: " + figures + " " + tests);
  }

  private Mail told(Mail mail, String verdict, String words) {
    Mail marked = mail.withAttribute("spamassassin.verdict", verdict);
    return header.map(name -> name.put(marked, words)).orElse(marked);
  }

  private Mail unknown(Mail mail) {
    return told(mail, "failed", "No, not judged (no answer)");
  }
}
