package dev.postrider.mailet.spam.score;

import dev.postrider.mailet.spam.checked.CheckedSender;
import dev.postrider.mailet.spam.classifier.Classifier;
import dev.postrider.mailet.spam.classifier.Features;
import dev.postrider.mailet.spam.classifier.Opinion;
import dev.postrider.mailet.spam.greylist.Correspondents;
import dev.postrider.mailet.spam.mime.Limits;
import dev.postrider.mailet.spam.reading.Reading;
import dev.postrider.mailet.spam.reputation.Reputations;
import dev.postrider.mailet.spam.score.Thresholds.Verdict;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.PluginState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Adds up what speaks for spam: results of checks before, header, text, HTML, links, attachments,
 * and what the classifier learnt. Leaves the attributes {@code spam.verdict} ({@code ham}, {@code
 * junk} or {@code refuse}) and {@code spam.score}, and a header field with the reasons.
 */
@Doc(
    "Gives a mail points for all that speaks for spam, and refuses it or marks it as junk. The"
        + " verdict (ham, junk or refuse) is in the attribute spam.verdict, the reasons are in a"
        + " header field.")
@Does({Action.REFUSE, Action.SET_ANY_ATTRIBUTE, Action.ADD_HEADERS, Action.EDIT_HEADERS})
public final class SpamScore implements Mailet {

  /** The attribute with the verdict. */
  public static final String VERDICT = "spam.verdict";

  /** The attribute with the points. */
  public static final String SCORE = "spam.score";

  /** How the classifier is asked; a test of a pipeline answers a probability. */
  static final String QUESTION = "spam classifier";

  /** How is asked who sent it; a test of a pipeline answers such as {@code 0.8 false}. */
  static final String PAST = "spam reputation";

  private static final String NOTE = "spam reputation noted";

  // A guess of this mailet counts a quarter of a person's word.
  private static final double GUESS = 0.25;

  private static final String FIELD = "X-Postrider-Spam";
  private static final int CLUES = 6;
  private static final int TOLD = 3;

  private final Classifier classifier;
  private final Reputations reputations;
  private final Correspondents correspondents;
  private final Elsewhere elsewhere;
  private final System.Logger log;
  private final Thresholds thresholds;
  private final boolean refuses;
  private final Map<Rule, Double> weights;

  /**
   * Judges mails.
   *
   * @throws IllegalArgumentException when refuseAt is less than junkAt
   */
  public SpamScore(
      PluginState state,
      InstantSource clock,
      Elsewhere elsewhere,
      System.Logger log,
      @Param(
              name = "junkAt",
              doc = "From these points on the verdict is junk; 5 where it is missing.",
              defaultValue = "5")
          Optional<Points> junkAt,
      @Param(
              name = "refuseAt",
              doc =
                  "From these points on the mail is refused; where it is missing, none is refused.")
          Optional<Points> refuseAt,
      @Param(
              name = "weight",
              doc =
                  "Other points for a rule, such as missing-date=2.5; 0 turns it off. docs/spam.md"
                      + " lists the rules.")
          List<Weight> weight) {
    this.classifier = new Classifier(state, clock);
    this.reputations = new Reputations(state, clock);
    this.correspondents = new Correspondents(state, clock);
    this.elsewhere = elsewhere;
    this.log = log;
    this.thresholds = new Thresholds(junkAt, refuseAt);
    this.refuses = refuseAt.isPresent();
    this.weights = Evidence.weights(weight);
  }

  @Override
  public Outcome process(Mail mail) {
    Evidence evidence = new Evidence(weights, Finding.of(mail));
    Reading reading = read(mail);
    ResultChecks.of(mail, evidence);
    HeaderChecks.of(mail, evidence);
    ContentChecks.of(reading, evidence);
    Optional<Opinion> opinion = opinion(mail, reading);
    opinion.ifPresent(it -> words(it, evidence));
    Points ofMail = evidence.sum();
    past(mail).ifPresent(it -> past(it, evidence));
    Points sum = evidence.sum();
    Verdict verdict = thresholds.verdict(sum);
    note(mail, ofMail);
    if (refuses && verdict == Verdict.REFUSE) {
      return new Outcome.Refuse(refusal(evidence));
    }
    String word = verdict.name().toLowerCase(Locale.ROOT);
    String line = line(word, sum, evidence, opinion);
    return Outcome.next(
        mail.withHeaders(headers -> headers.without(FIELD).withFirst(HeaderField.of(FIELD, line)))
            .withAttribute(VERDICT, word)
            .withAttribute(SCORE, sum.toString()));
  }

  // By the mail alone, else a reputation would feed itself. What lies in between says nothing of
  // who sent it.
  private void note(Mail mail, Points sum) {
    boolean bad = thresholds.verdict(sum) != Verdict.HAM;
    if (bad || sum.value() <= 0) {
      Optional<String> _ =
          ask(
              mail,
              NOTE,
              () -> {
                reputations.note(mail, !bad, GUESS);
                return Optional.of("noted");
              },
              word -> word,
              word -> word);
    }
  }

  private static Reading read(Mail mail) {
    try {
      return Reading.of(mail.message(), Limits.defaults());
    } catch (IOException e) {
      throw new UncheckedIOException("mail " + mail.id() + " can't be read", e);
    }
  }

  // Asked as something elsewhere, so that a replay repeats what it thought then.
  private Optional<Opinion> opinion(Mail mail, Reading reading) {
    Optional<EmailAddress> user =
        mail.recipients().size() == 1
            ? Optional.of(mail.recipients().getFirst().address())
            : Optional.empty();
    return ask(
        mail,
        QUESTION,
        () -> classifier.judge(Features.of(reading), user),
        Opinion::write,
        Opinion::read);
  }

  private <T> Optional<T> ask(
      Mail mail,
      String question,
      Elsewhere.Source<Optional<T>> source,
      Function<T, String> write,
      Function<String, T> read) {
    try {
      return elsewhere.ask(
          question,
          source,
          answer -> answer.map(write).orElse(""),
          text -> text.isBlank() ? Optional.empty() : Optional.of(read.apply(text)));
    } catch (IOException | PluginState.Unavailable | IllegalArgumentException e) {
      log.log(
          System.Logger.Level.DEBUG,
          () -> "mail " + mail.id() + " is judged without " + question + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  // What is known of those who sent it: badness, and whether the recipient wrote to them.
  private record Past(double badness, boolean correspondent) {
    String write() {
      return badness + " " + correspondent;
    }

    static Past read(String text) {
      String[] parts = text.strip().split(" ", 2);
      return new Past(Double.parseDouble(parts[0]), parts[parts.length - 1].equals("true"));
    }
  }

  private Optional<Past> past(Mail mail) {
    return ask(
        mail,
        PAST,
        () -> {
          Optional<EmailAddress> sender = mail.sender().address();
          boolean known =
              sender.isPresent()
                  && CheckedSender.isProven(mail)
                  && mail.recipients().stream()
                      .allMatch(each -> correspondents.know(each.address(), sender.get()));
          return Optional.of(new Past(reputations.of(mail), known));
        },
        Past::write,
        Past::read);
  }

  private static void past(Past past, Evidence evidence) {
    if (past.badness() > 0) {
      evidence.add(Rule.BAD_REPUTATION, past.badness(), "");
    } else {
      evidence.add(Rule.GOOD_REPUTATION, -past.badness(), "");
    }
    evidence.addIf(past.correspondent(), Rule.CORRESPONDENT);
  }

  private static void words(Opinion opinion, Evidence evidence) {
    double certainty = (opinion.probability() - 0.5) * 2;
    String detail = "%.3f".formatted(opinion.probability());
    if (certainty > 0) {
      evidence.add(Rule.WORDS_OF_SPAM, certainty, detail);
    } else {
      evidence.add(Rule.WORDS_OF_HAM, -certainty, detail);
    }
  }

  private static String line(
      String verdict, Points sum, Evidence evidence, Optional<Opinion> opinion) {
    String rules = strongest(evidence).map(Finding::toString).collect(Collectors.joining(", "));
    return "%s, points=%s%s%s"
        .formatted(
            verdict,
            sum,
            rules.isEmpty() ? "" : "; " + rules,
            opinion.map(it -> "; words " + it.shown(CLUES)).orElse(""));
  }

  // The peer learns what to mend, not how far it may go.
  private static Status refusal(Evidence evidence) {
    String names =
        strongest(evidence)
            .filter(each -> each.points().value() > 0)
            .limit(TOLD)
            .map(Finding::name)
            .collect(Collectors.joining(", "));
    return Status.permanent("5.7.1", "The mail looks like spam: " + names);
  }

  private static Stream<Finding> strongest(Evidence evidence) {
    return evidence.findings().stream()
        .sorted(
            Comparator.comparingDouble((Finding each) -> Math.abs(each.points().value()))
                .reversed());
  }
}
