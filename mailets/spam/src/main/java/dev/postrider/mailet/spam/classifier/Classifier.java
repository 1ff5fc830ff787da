package dev.postrider.mailet.spam.classifier;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.PluginState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Says how probable it is that a mail is spam, by what it learnt from others: in all, and for each
 * user who taught it. A user's own lessons count more than everybody's where there are any.
 *
 * <p>Thread: any. Failure: {@link PluginState.Unavailable} where a lesson can't be kept.
 */
public final class Classifier {

  /** Mails of each kind that have to be learnt before there is an opinion. */
  public static final int LEAST = 20;

  /** From this probability on a mail is called spam where one of two words has to be said. */
  public static final double SPAM = 0.7;

  private static final int LEAST_OF_USER = 3;
  private static final int TABLES = 128;
  private static final int DECIDING = 100;
  private static final int CLUES = 12;
  private static final double STRENGTH = 0.45;
  private static final double UNKNOWN = 0.5;
  private static final double WEAK = 0.1;

  private final Model global;
  private final UserModels users;

  /** A classifier that keeps what it learns in this state, under keys that begin with "bayes/". */
  public Classifier(PluginState state, InstantSource clock) {
    this.global = new Model(state, "bayes/all/", TABLES, clock);
    this.users = new UserModels(state, clock);
  }

  /**
   * How much was learnt.
   *
   * @param spam mails called spam
   * @param ham mails called ham
   */
  public record Learnt(int spam, int ham) {}

  /** How much was learnt in all. */
  public Learnt learnt() {
    Head head = global.head();
    return new Learnt(head.spam(), head.ham());
  }

  /** Learns; where a user is named, for that user and for all. */
  public void learn(List<Lesson> lessons, Optional<EmailAddress> user) {
    user.ifPresent(address -> users.toTeach(address).learn(lessons));
    global.learn(lessons);
  }

  /** Learns for this user alone. */
  public void learnFor(EmailAddress user, List<Lesson> lessons) {
    users.toTeach(user).learn(lessons);
  }

  /** What it thinks of a mail to this user, or to anybody; empty until it learnt enough. */
  public Optional<Opinion> judge(Features features, Optional<EmailAddress> user) {
    Model.Counts all = global.counts(features);
    Optional<Model.Counts> own =
        user.flatMap(users::find)
            .map(model -> model.counts(features))
            .filter(counts -> speaks(counts, all));
    if (Math.min(all.spams(), all.hams()) < LEAST && own.isEmpty()) {
      return Optional.empty();
    }
    double[] each = new double[features.size()];
    for (int i = 0; i < each.length; i++) {
      double general = probability(UNKNOWN, all.spam(i), all.spams(), all.ham(i), all.hams());
      each[i] = own.isEmpty() ? general : own(general, own.get(), all, i);
    }
    return Optional.of(opinion(features, each));
  }

  // Most users only ever say what is spam. Everybody's ham stands in for theirs then, else all they
  // get would look like spam.
  private static boolean speaks(Model.Counts own, Model.Counts all) {
    return own.spams() + own.hams() >= LEAST_OF_USER
        && (own.spams() >= LEAST_OF_USER || all.spams() >= LEAST)
        && (own.hams() >= LEAST_OF_USER || all.hams() >= LEAST);
  }

  private static double own(double general, Model.Counts own, Model.Counts all, int i) {
    double spam =
        own.spams() >= LEAST_OF_USER
            ? rate(own.spam(i), own.spams())
            : rate(all.spam(i), all.spams());
    double ham =
        own.hams() >= LEAST_OF_USER ? rate(own.ham(i), own.hams()) : rate(all.ham(i), all.hams());
    return drawn(general, own.spam(i) + own.ham(i), spam, ham);
  }

  // Robinson's estimate: what was seen, drawn towards what was believed before.
  private static double probability(double before, int spam, int spams, int ham, int hams) {
    return drawn(before, spam + ham, rate(spam, spams), rate(ham, hams));
  }

  private static double rate(int with, int mails) {
    return Math.min(1, (double) with / Math.max(1, mails));
  }

  private static double drawn(double before, int seen, double spamRate, double hamRate) {
    if (seen == 0) {
      return before;
    }
    // Nothing speaks where only mails had it that are too few to go by.
    double sum = spamRate + hamRate;
    double observed = sum == 0 ? before : spamRate / sum;
    return (STRENGTH * before + seen * observed) / (STRENGTH + seen);
  }

  private static Opinion opinion(Features features, double[] each) {
    // Strength and place in one number, so that sorting needs no objects.
    long[] order = new long[each.length];
    int strong = 0;
    for (int i = 0; i < each.length; i++) {
      double strength = Math.abs(each[i] - 0.5);
      if (strength >= WEAK) {
        order[strong++] = (long) (strength * 1_000_000_000) << 16 | i;
      }
    }
    Arrays.sort(order, 0, strong);
    int deciding = Math.min(DECIDING, strong);
    double[] chosen = new double[deciding];
    List<Opinion.Clue> clues = new ArrayList<>();
    for (int i = 0; i < deciding; i++) {
      int at = (int) order[strong - 1 - i] & 0xffff;
      chosen[i] = each[at];
      if (i < CLUES) {
        clues.add(new Opinion.Clue(features.shown(at), each[at]));
      }
    }
    return new Opinion(FisherMethod.combined(chosen, deciding), clues);
  }
}
