package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.plugin.Fact;
import java.net.InetAddress;
import java.util.List;

/**
 * Mails that take a path, each as the command that shows where it goes.
 *
 * @param trace the command, but for the mail
 */
record Counterexamples(Pipeline pipeline, String trace) {

  /** A command for a mail that takes the path. */
  String of(Violation violation) {
    Knowledge known = violation.knowledge();
    boolean nobody = known.of(Fact.NULL_SENDER).orElse(false);
    Choice choice = Choice.fitting(presumed(violation), nobody);
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
    List<InetAddress> fit =
        Probes.strangers().stream()
            .filter(address -> presumed.stream().allMatch(one -> agrees(one, address)))
            .toList();
    return fit.stream()
        .filter(address -> others.stream().noneMatch(one -> Probes.contains(one, address)))
        .findFirst()
        .or(() -> fit.stream().findFirst())
        .orElse(Probes.strangers().getFirst());
  }

  private static boolean agrees(Presumption.Answers presumed, InetAddress address) {
    return !(presumed.criterion() instanceof Criterion.Decided decided)
        || decided.fact() != Fact.KNOWN_NETWORK
        || (Probes.contains(decided, address) != decided.inverted()) == presumed.matches();
  }
}
