package dev.postrider.mailet.filtering.rspamd;

import dev.postrider.mailet.filtering.HeaderName;
import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.Treatment;
import dev.postrider.mailet.filtering.daemon.DaemonFault;
import dev.postrider.mailet.filtering.daemon.Engine;
import dev.postrider.mailet.filtering.daemon.Terms;
import dev.postrider.mailet.filtering.hook.HookUrl;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Stage;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.Http;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Has rspamd judge a mail and does what its action says. The verdict is in the attributes {@code
 * rspamd.action} ({@code failed}, {@code too-large} where there is none), {@code rspamd.score},
 * {@code rspamd.required} and {@code rspamd.symbols}. Before there is a message the mail goes on.
 */
@Doc(
    "Has rspamd judge the mail over HTTP and does what its action says: lets it go on, with the"
        + " header fields that rspamd wants added and removed, or refuses, holds or discards it."
        + " The attributes rspamd.action, .score, .required and .symbols tell the verdict.")
@Does({
  Action.REFUSE,
  Action.DEFER,
  Action.SET_ANY_ATTRIBUTE,
  Action.ADD_HEADERS,
  Action.EDIT_HEADERS
})
public final class Rspamd implements Mailet {

  private static final String ACTION = "rspamd.action";
  private static final int LONGEST_ATTRIBUTE = 2000;
  private static final String LATER = "try again later";

  private final Engine<RspamdVerdict> engine;
  private final RspamdClient client;
  private final ByteSize maxSize;
  private final Treatment reject;
  private final boolean greylist;
  private final HeaderName header;

  /**
   * Asks an rspamd.
   *
   * @throws IllegalArgumentException when a parameter is out of range
   */
  public Rspamd(
      Http http,
      Elsewhere elsewhere,
      InstantSource clock,
      System.Logger log,
      @Param(
              name = "url",
              doc =
                  "Where rspamd's normal worker listens. Addresses that are not public have to be"
                      + " allowed by allow-private in conf/postrider.xml.",
              defaultValue = "http://127.0.0.1:11333")
          HookUrl url,
      @Param(name = "password", doc = "Sent along where given; take it from the environment.")
          Optional<String> password,
      @Param(name = "maxSize", doc = "Larger mails are not judged.", defaultValue = "50m")
          ByteSize maxSize,
      @Param(
              name = "reject",
              doc = "With a mail for which rspamd says reject.",
              defaultValue = "refuse")
          Treatment reject,
      @Param(
              name = "greylist",
              doc =
                  "Whether the action greylist is a temporary refusal. rspamd's own module asks for"
                      + " a soft reject where it wants one, so a milter would let the mail pass.",
              defaultValue = "false")
          boolean greylist,
      @Param(
              name = "header",
              doc =
                  "The header field that says Yes where rspamd's action is add header or rewrite"
                      + " subject; those that are there are taken off.",
              defaultValue = "X-Spam")
          HeaderName header,
      Terms terms) {
    this.engine =
        new Engine<>(
            "rspamd " + url.uri().getScheme() + "://" + url.uri().getRawAuthority(),
            elsewhere,
            clock,
            log,
            terms,
            RspamdVerdict::text,
            RspamdVerdict::parse);
    this.client = RspamdClient.of(http, url, password);
    this.maxSize = maxSize;
    this.reject = reject;
    this.greylist = greylist;
    this.header = header;
  }

  @Override
  public Outcome process(Mail mail) {
    if (mail.stage() != Stage.MESSAGE) {
      return Outcome.next(mail);
    }
    if (mail.message().size() > maxSize.octets()) {
      return Outcome.next(header.takenOff(mail).withAttribute(ACTION, "too-large"));
    }
    try {
      return switch (engine.ask(left -> client.judge(mail, left))) {
        case RspamdVerdict.Judged judged -> outcome(mail, judged);
        case RspamdVerdict.Unable(var reason) -> engine.unable(unknown(mail), reason);
      };
    } catch (DaemonFault fault) {
      return engine.failed(unknown(mail), fault);
    }
  }

  private Outcome outcome(Mail mail, RspamdVerdict.Judged judged) {
    String why = "rspamd: " + judged.action() + ", " + judged.score() + " of " + judged.required();
    return switch (judged.action()) {
      case "reject" ->
          reject.outcome(
              marked(mail, judged), 554, judged.message().orElse("spam message rejected"), why);
      case "soft reject" -> later(judged);
      case "greylist" -> greylist ? later(judged) : Outcome.next(marked(mail, judged));
      case "discard" -> new Outcome.Discard(OnFailure.oneLine(why));
      case "quarantine" -> new Outcome.Hold(OnFailure.oneLine(why));
      case "add header" -> Outcome.next(header.put(marked(mail, judged), "Yes"));
      case "rewrite subject" ->
          Outcome.next(header.put(withSubject(marked(mail, judged), judged), "Yes"));
      // An action of the admin's own means what the pipeline makes of the attribute.
      default -> Outcome.next(marked(mail, judged));
    };
  }

  private static Outcome later(RspamdVerdict.Judged judged) {
    return new Outcome.Refuse(Treatment.refusal(451, judged.message().orElse(LATER)));
  }

  private Mail marked(Mail mail, RspamdVerdict.Judged judged) {
    String symbols = OnFailure.oneLine(String.join(",", judged.symbols()), LONGEST_ATTRIBUTE);
    return header
        .takenOff(mail)
        .withHeaders(judged.edits()::apply)
        .withAttribute(ACTION, OnFailure.oneLine(judged.action()))
        .withAttribute("rspamd.score", judged.score().toString())
        .withAttribute("rspamd.required", judged.required().toString())
        .withAttribute("rspamd.symbols", symbols);
  }

  private static Mail withSubject(Mail mail, RspamdVerdict.Judged judged) {
    String old =
        mail.message().headers().first("Subject").map(HeaderField::decodedValue).orElse("");
    String subject = OnFailure.oneLine(judged.subject().orElse("*** SPAM *** " + old), 500);
    HeaderField field = HeaderField.of("Subject", subject);
    return mail.withHeaders(headers -> headers.without("Subject").withLast(field));
  }

  private Mail unknown(Mail mail) {
    return header.takenOff(mail).withAttribute(ACTION, "failed");
  }
}
