package dev.postrider.dist.command;

import dev.postrider.dist.access.Access;
import dev.postrider.dist.home.Refusal;
import dev.postrider.dist.training.SpamTraining;
import dev.postrider.plugin.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spam}: what the classifier learns and how good it is. */
@Command(name = "spam", description = "Teaches the spam check, and tells how good it is.")
final class SpamCommand {

  // From this probability on a mail is counted as spam in the matrix; docs/spam.md.
  private static final double SPAM = 0.7;
  private static final double[] LIMITS = {0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99};

  private final Console console;

  SpamCommand(Console console) {
    this.console = console;
  }

  /** One limit: which part of the ham would be taken for spam, and which part of the spam found. */
  private record Point(double limit, double falsePositives, double detected) {}

  private record Matrix(int spamAsSpam, int spamAsHam, int hamAsSpam, int hamAsHam) {}

  @Command(description = "Learns mails: maildirs, mbox files, or files with one mail each.")
  int train(
      @Mixin HomeOption home,
      @Parameters(
              arity = "0..1",
              paramLabel = "FOLDER",
              description = "a folder with the folders spam and ham in it")
          @Nullable Path folder,
      @Option(names = "--spam", paramLabel = "FOLDER", description = "spam to learn")
          @Nullable Path spam,
      @Option(names = "--ham", paramLabel = "FOLDER", description = "wanted mail to learn")
          @Nullable Path ham,
      @Option(
              names = "--user",
              paramLabel = "ADDRESS",
              defaultValue = "",
              description = "whose word it is (default: everybody's)")
          String user,
      @Mixin JsonOption json)
      throws IOException {
    Optional<Path> ofSpam = source(spam, folder, "spam");
    Optional<Path> ofHam = source(ham, folder, "ham");
    if (ofSpam.isEmpty() && ofHam.isEmpty()) {
      throw new Refusal("name a folder with spam and ham in it, or --spam and --ham");
    }
    try (Access access = Access.open(home.existing())) {
      SpamTraining training = training(access, user);
      int spams = 0;
      int hams = 0;
      String inAll = "";
      if (ofSpam.isPresent()) {
        SpamTraining.Learnt learnt = training.learn("spam", ofSpam.get());
        spams = learnt.mails();
        inAll = learnt.inAll();
      }
      if (ofHam.isPresent()) {
        SpamTraining.Learnt learnt = training.learn("ham", ofHam.get());
        hams = learnt.mails();
        inAll = learnt.inAll().isEmpty() ? inAll : learnt.inAll();
      }
      if (spams + hams == 0) {
        throw new Refusal(
            "there is no mail in %s; maildirs, mbox files and files .eml are read"
                .formatted(
                    Stream.concat(ofSpam.stream(), ofHam.stream())
                        .map(Path::toString)
                        .collect(Collectors.joining(" and "))));
      }
      Map<String, Object> values = Map.of("spam", spams, "ham", hams, "inAll", inAll);
      return console.list(
          json.asked(),
          values,
          List.of(
              "learnt %d spam and %d ham".formatted(spams, hams),
              "known now: " + inAll.replaceFirst(" ", " spam and ") + " ham"));
    }
  }

  // A model of an address that nobody has would be learnt and never used.
  private static SpamTraining training(Access access, String user) {
    boolean known =
        user.isEmpty()
            || access.administration().users().stream()
                .anyMatch(each -> each.address().equalsIgnoreCase(user));
    if (!known) {
      throw new Refusal(
          "there is no user " + Text.shown(user) + "; without --user it is for everybody");
    }
    return new SpamTraining(access.administration(), user);
  }

  @Command(description = "Judges mails whose kind is known, and shows how many it tells apart.")
  int test(
      @Mixin HomeOption home,
      @Parameters(
              paramLabel = "FOLDER",
              description = "a folder with the folders spam and ham in it")
          Path folder,
      @Option(
              names = "--user",
              paramLabel = "ADDRESS",
              defaultValue = "",
              description = "for whom (default: anybody)")
          String user,
      @Mixin JsonOption json)
      throws IOException {
    try (Access access = Access.open(home.existing())) {
      SpamTraining training = training(access, user);
      List<Double> spam = training.judge(folder.resolve("spam"));
      List<Double> ham = training.judge(folder.resolve("ham"));
      Matrix matrix =
          new Matrix(
              above(spam, SPAM),
              spam.size() - above(spam, SPAM),
              above(ham, SPAM),
              ham.size() - above(ham, SPAM));
      List<Point> points = new ArrayList<>();
      for (double limit : LIMITS) {
        points.add(new Point(limit, share(ham, limit), share(spam, limit)));
      }
      return console.list(
          json.asked(), Map.of("matrix", matrix, "roc", points), lines(matrix, points));
    }
  }

  private static List<String> lines(Matrix matrix, List<Point> points) {
    List<String> out = new ArrayList<>();
    out.add("             judged spam   judged ham");
    out.add("  spam    %14d %12d".formatted(matrix.spamAsSpam(), matrix.spamAsHam()));
    out.add("  ham     %14d %12d".formatted(matrix.hamAsSpam(), matrix.hamAsHam()));
    out.add("");
    out.add("  limit   ham taken for spam   spam detected");
    points.forEach(
        point ->
            out.add(
                "  %.2f    %17.2f%%   %12.2f%%"
                    .formatted(
                        point.limit(), 100 * point.falsePositives(), 100 * point.detected())));
    return out;
  }

  private static int above(List<Double> probabilities, double limit) {
    return (int) probabilities.stream().filter(each -> each >= limit).count();
  }

  private static double share(List<Double> probabilities, double limit) {
    return probabilities.isEmpty()
        ? 0
        : (double) above(probabilities, limit) / probabilities.size();
  }

  private static Optional<Path> source(@Nullable Path given, @Nullable Path folder, String name) {
    return Optional.ofNullable(given)
        .or(() -> Optional.ofNullable(folder).map(parent -> parent.resolve(name)));
  }
}
