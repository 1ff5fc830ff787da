package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.plugin.Fact;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A mail that takes a path, as a command that shows where such a mail goes. A pipeline that is
 * refused is not traced; so with a problem it says what to try once that is mended.
 */
final class Counterexample {

  private Counterexample() {}

  static String of(Violation violation, Pipeline pipeline) {
    Optional<Boolean> nobody = violation.knowledge().of(Fact.NULL_SENDER);
    boolean local = violation.knowledge().of(Fact.LOCAL_DOMAIN).orElse(false);
    return "postrider trace --home DIR --client %s --from %s --to %s FILE.eml"
        .formatted(
            client(violation, pipeline).getHostAddress(),
            nobody.orElse(false) ? "'<>'" : "stranger@elsewhere.example",
            local ? "LOCAL_ADDRESS" : "someone@foreign.example");
  }

  /** The end of a suggestion. */
  static String onceMended(String command) {
    return "; once it is mended, see where such a mail goes: " + command;
  }

  /** The same for a mail that has the null sender when it comes in. */
  static String ofNullSender(Violation violation, Pipeline pipeline) {
    return of(
        new Violation(
            violation.entry(),
            violation.mark(),
            violation.steps(),
            violation.presumed(),
            violation.knowledge().with(Fact.NULL_SENDER, true)),
        pipeline);
  }

  private static InetAddress client(Violation violation, Pipeline pipeline) {
    List<Presumption.Answers> presumed =
        violation.presumed().stream()
            .filter(Presumption.Answers.class::isInstance)
            .map(Presumption.Answers.class::cast)
            .toList();
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
