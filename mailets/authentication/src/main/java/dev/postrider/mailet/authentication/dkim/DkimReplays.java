package dev.postrider.mailet.authentication.dkim;

import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.service.Elsewhere;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Notes mails whose signature comes again and again: the same mail, sent on to many. */
@Doc(
    "Counts for how many recipients the same DKIM signature came in, and notes it once there are too"
        + " many: attribute dkim.replays with their number. Put it behind Dkim. Big lists do the"
        + " same, so let a score decide.")
@Does(Action.SET_ANY_ATTRIBUTE)
public final class DkimReplays implements Mailet {

  /** The attribute. */
  public static final String ATTRIBUTE = "dkim.replays";

  private final Elsewhere elsewhere;
  private final InstantSource clock;
  private final int recipients;
  private final SignatureCounts counts;

  /**
   * Counts in memory, from the start of the server on.
   *
   * @throws IllegalArgumentException when the number or the time is not positive
   */
  public DkimReplays(
      Elsewhere elsewhere,
      InstantSource clock,
      @Param(
              name = "recipients",
              doc = "For how many a signature may come in.",
              defaultValue = "50")
          int recipients,
      @Param(name = "within", doc = "In what time.", defaultValue = "1d") Duration within) {
    if (recipients < 1 || !within.isPositive()) {
      throw new IllegalArgumentException("recipients is 1 or more, and within a time like 1d");
    }
    this.elsewhere = elsewhere;
    this.clock = clock;
    this.recipients = recipients;
    this.counts = new SignatureCounts(within);
  }

  @Override
  public Outcome process(Mail mail) {
    long most =
        Verdicts.of(mail, "dkim").stream()
            .filter(result -> result.result().equals("pass"))
            .mapToLong(result -> count(mail, result))
            .max()
            .orElse(0);
    return Outcome.next(
        most > recipients ? mail.withAttribute(ATTRIBUTE, Long.toString(most)) : mail);
  }

  // What came before is not in the mail, so a replay of the run has to repeat the answer.
  private long count(Mail mail, MethodResult result) {
    Optional<String> domain = result.value("header", "d");
    Optional<String> start = result.value("header", "b");
    if (domain.isEmpty() || start.isEmpty()) {
      return 0;
    }
    String signature = domain.get() + " " + start.get();
    try {
      return elsewhere.ask(
          "recipients of the dkim signature " + signature,
          () -> counts.add(signature, mail.recipients().size(), clock.instant()),
          String::valueOf,
          Long::parseLong);
    } catch (IOException _) {
      return 0;
    }
  }
}
