package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Recipient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All the runs that a mail went through, in their order.
 *
 * @param arrival the mail as it came
 * @param legs at least one, unless the pipeline has no processor at all
 */
public record Way(Arrival arrival, List<Leg> legs) {

  /** Copies the list. */
  public Way {
    legs = List.copyOf(legs);
  }

  /**
   * What was decided for one recipient.
   *
   * @param recipient of the mail, or whom a mailet put in its place
   * @param step the decision
   * @param inSession whether it fell before the message was there
   */
  public record Decision(EmailAddress recipient, Plan.Step step, boolean inSession) {}

  /** Every decision for every recipient, in the order in which they fell. */
  public List<Decision> decisions() {
    List<Decision> out = new ArrayList<>();
    for (Leg leg : legs) {
      for (Plan.Step step : leg.run().plan().steps()) {
        for (Recipient recipient : step.mail().recipients()) {
          if (recipient.equals(Recipient.ANYONE)) {
            arrival
                .recipients()
                .forEach(each -> out.add(new Decision(each.address(), step, leg.inSession())));
          } else {
            out.add(new Decision(recipient.address(), step, leg.inSession()));
          }
        }
      }
    }
    return List.copyOf(out);
  }

  /** The processors that looked at a recipient's mail, each once, in the order of the way. */
  public List<String> processors(EmailAddress recipient) {
    Set<String> names = new LinkedHashSet<>();
    for (Leg leg : legs) {
      for (TraceStep step : leg.run().trace().steps()) {
        boolean theirs =
            step.recipients().stream()
                .anyMatch(
                    each -> each.equals(Recipient.ANYONE) || each.address().equals(recipient));
        if (theirs) {
          names.add(step.processor());
        }
      }
    }
    return List.copyOf(names);
  }

  /** Entries that did not apply, those first of whose conditions the most did. */
  public List<NearMiss> nearMisses(int limit) {
    List<TraceStep> steps =
        legs.stream().flatMap(leg -> leg.run().trace().steps().stream()).toList();
    return NearMiss.of(steps, limit);
  }
}
