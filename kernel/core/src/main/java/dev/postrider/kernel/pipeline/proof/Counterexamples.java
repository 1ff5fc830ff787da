package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.plugin.Fact;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Mails that take a path, each as the command that shows where it goes.
 *
 * @param trace the command, but for the mail
 * @param probes asks matchers which mail they match
 */
record Counterexamples(Pipeline pipeline, String trace, Probes probes) {

  /** A command for a mail that takes the path. */
  String of(Violation violation) {
    Knowledge known = violation.knowledge();
    boolean nobody = known.of(Fact.NULL_SENDER).orElse(false);
    Choice choice = Choice.fitting(presumed(violation), nobody, probes);
    StringBuilder command = new StringBuilder(trace);
    command.append(" --client ").append(client(violation).getHostAddress());
    if (known.of(Fact.AUTHENTICATED).orElse(false)) {
      command.append(" --login postmaster");
    }
    command.append(" --from ").append(nobody ? "'<>'" : quoted(choice.sender()));
    command.append(" --to ");
    command.append(known.of(Fact.LOCAL_DOMAIN).orElse(false) ? "postmaster" : Probes.RECIPIENT);
    if (!choice.helo().isEmpty()) {
      command.append(" --helo ").append(quoted(choice.helo()));
    }
    choice.headers().forEach(each -> command.append(" --header ").append(quoted(each)));
    return command.toString();
  }

  /** The same for a mail that has the null sender when it comes in. */
  String ofNullSender(Violation violation) {
    return of(
        new Violation(
            violation.entry(),
            violation.mark(),
            violation.steps(),
            violation.presumed(),
            violation.knowledge().with(Fact.NULL_SENDER, true)));
  }

  // For a POSIX shell.
  private static String quoted(String text) {
    boolean plain =
        text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "@.-_+=".indexOf(c) >= 0);
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static List<Presumption.Answers> presumed(Violation violation) {
    return violation.presumed().stream()
        .filter(Presumption.Answers.class::isInstance)
        .map(Presumption.Answers.class::cast)
        .toList();
  }

  private InetAddress client(Violation violation) {
    List<Presumption.Answers> presumed = presumed(violation);
    List<Criterion.Decided> others =
        Tracked.criteria(pipeline)
            .filter(Criterion.Decided.class::isInstance)
            .map(Criterion.Decided.class::cast)
            .filter(each -> each.fact() == Fact.KNOWN_NETWORK)
            .filter(each -> presumed.stream().noneMatch(one -> one.criterion().equals(each)))
            .toList();
    List<InetAddress> fit = Probes.strangers();
    for (Presumption.Answers one : presumed) {
      if (one.criterion() instanceof Criterion.Decided decided
          && decided.fact() == Fact.KNOWN_NETWORK) {
        boolean inside = one.matches() != decided.inverted();
        fit = inside ? probes.containing(decided, fit) : outside(decided, fit);
      }
    }
    List<InetAddress> best = fit;
    for (Criterion.Decided other : others) {
      best = outside(other, best);
    }
    return Stream.of(best, fit, Probes.strangers()).flatMap(List::stream).findFirst().orElseThrow();
  }

  private List<InetAddress> outside(Criterion.Decided network, List<InetAddress> addresses) {
    Set<InetAddress> inside = Set.copyOf(probes.containing(network, addresses));
    return addresses.stream().filter(address -> !inside.contains(address)).toList();
  }
}
