package dev.postrider.mailet.filtering.hook;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.daemon.Breaker;
import dev.postrider.mailet.filtering.daemon.DaemonFault;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks an HTTP service what to do with a mail. The JSON of both directions is in {@code
 * docs/filters.md}. Works in session processors too, where the service may let the mail go on,
 * refuse, defer or name a processor.
 */
@Doc(
    "Posts the mail as JSON to an HTTP service and does what the JSON of its answer says: let it go"
        + " on, with changes or without, send it to a processor, refuse, defer, hold, discard or"
        + " deliver it.")
@Does({
  Action.REFUSE,
  Action.DEFER,
  Action.ADD_HEADERS,
  Action.EDIT_HEADERS,
  Action.SET_ANY_ATTRIBUTE
})
public final class HttpHook implements Mailet {

  private static final long MOST_SENT = 16L << 20;
  private static final int MAX_ANSWER = 1 << 20;

  private static final String IN_ORDER = "yes";

  private final Http http;
  private final Elsewhere elsewhere;
  private final Breaker breaker;
  private final System.Logger log;
  private final HttpRequest request;
  private final long messageLimit;
  private final Set<ProcessorName> processors;
  private final OnFailure onFailure;

  /**
   * Asks a service.
   *
   * @throws IllegalArgumentException when a parameter is out of range
   */
  public HttpHook(
      Http http,
      Elsewhere elsewhere,
      InstantSource clock,
      System.Logger log,
      @Param(
              name = "url",
              doc =
                  "Where to post to, http or https. Addresses that are not public have to be"
                      + " allowed by allow-private in conf/postrider.xml.")
          HookUrl url,
      @Param(
              name = "deadline",
              doc =
                  "For the whole exchange: name lookup, connection, request and answer. Less than"
                      + " the step-deadline in conf/postrider.xml.",
              defaultValue = "5s")
          Duration deadline,
      @Param(name = "token", doc = "Sent as Authorization: Bearer; take it from the environment.")
          Optional<String> token,
      @Param(
              name = "sendMessage",
              doc =
                  "Messages up to this size are sent along, base64; 16m at most. Larger ones are"
                      + " judged by envelope and header.",
              defaultValue = "0")
          ByteSize sendMessage,
      @Param(name = "processors", doc = "The processors that the service may send a mail to.")
          List<ProcessorName> processors,
      @Param(
              name = "breakAfter",
              doc =
                  "After so many mails in a row without an answer, or with a status of 500 and"
                      + " more, the service is not asked for retryAfter; then one mail tries whether"
                      + " it works again.",
              unit = "failures",
              defaultValue = "5")
          int breakAfter,
      @Param(name = "retryAfter", doc = "How long it is not asked then.", defaultValue = "30s")
          Duration retryAfter,
      @Param(
              name = "onFailure",
              doc =
                  "When there is no answer in time, or one that can't be understood: open lets the"
                      + " mail go on unchanged, defer tries again later.",
              defaultValue = "defer")
          OnFailure onFailure) {
    if (sendMessage.octets() > MOST_SENT) {
      throw new IllegalArgumentException("sendMessage is 16m at most, not " + sendMessage);
    }
    if (breakAfter < 1 || !retryAfter.isPositive()) {
      throw new IllegalArgumentException("breakAfter is 1 at least, retryAfter more than nothing");
    }
    HttpRequest base =
        HttpRequest.post(url.uri(), "application/json", Content.of(new byte[0]))
            .withHeader("Accept", "application/json")
            .withDeadline(deadline)
            .withMaxAnswer(MAX_ANSWER);
    this.http = http;
    this.elsewhere = elsewhere;
    this.breaker = new Breaker(clock, breakAfter, retryAfter);
    this.log = log;
    this.request =
        token.map(secret -> base.withHeader("Authorization", "Bearer " + secret)).orElse(base);
    this.messageLimit = sendMessage.octets();
    this.processors = Set.copyOf(processors);
    this.onFailure = onFailure;
  }

  @Override
  public Outcome process(Mail mail) {
    try {
      byte[] json = HookRequest.of(mail, messageLimit);
      boolean guarded = isInOrder();
      return switch (asked(withBody(json), guarded)) {
        case HttpAnswer.Failed(var reason) -> failed(mail, reason);
        case HttpAnswer.Answered answer when answer.status() == 204 -> Outcome.next(mail);
        case HttpAnswer.Answered answer when answer.isSuccess() ->
            HookAnswer.read(answer.text(), processors).outcome(mail);
        case HttpAnswer.Answered answer ->
            failed(mail, server() + " answered with the status " + answer.status());
      };
    } catch (DaemonFault closed) {
      return failed(mail, server() + ": " + closed.getMessage());
    } catch (IOException e) {
      return failed(mail, "message or answer can't be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return failed(mail, "the answer of " + server() + " can't be followed: " + e.getMessage());
    }
  }

  // A test of the pipeline says what the service answers and not whether it is in order: there all
  // are asked, and nothing is counted.
  private boolean isInOrder() throws DaemonFault {
    String state;
    try {
      state =
          elsewhere.ask(
              "whether " + server() + " is in order",
              this::state,
              Function.identity(),
              Function.identity());
    } catch (IOException _) {
      return false;
    }
    if (!state.equals(IN_ORDER)) {
      throw new DaemonFault(state);
    }
    return true;
  }

  private String state() {
    try {
      breaker.enter();
      return IN_ORDER;
    } catch (DaemonFault closed) {
      return String.valueOf(closed.getMessage());
    }
  }

  private HttpAnswer asked(HttpRequest filled, boolean guarded) {
    boolean answered = false;
    try {
      HttpAnswer answer = http.exchange(filled);
      answered = answer instanceof HttpAnswer.Answered told && told.status() < 500;
      return answer;
    } finally {
      if (guarded && answered) {
        breaker.succeeded();
      } else if (guarded) {
        breaker.failed();
      }
    }
  }

  private HttpRequest withBody(byte[] json) {
    return new HttpRequest(
        request.method(),
        request.uri(),
        request.headers(),
        Content.of(json),
        request.deadline(),
        request.maxAnswer());
  }

  private String server() {
    return request.uri().getScheme() + "://" + request.uri().getRawAuthority();
  }

  private Outcome failed(Mail mail, String reason) {
    String line = OnFailure.oneLine(reason);
    log.log(System.Logger.Level.WARNING, () -> "mail " + mail.id() + ": " + line);
    return onFailure.outcome(mail, line);
  }
}
