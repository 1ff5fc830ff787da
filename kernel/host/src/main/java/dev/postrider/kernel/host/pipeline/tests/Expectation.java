package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.kernel.pipeline.Way;
import dev.postrider.kernel.pipeline.Words;
import dev.postrider.kernel.problem.Place;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An {@code <expect>}: what has to become of a recipient. Whatever is not stated may be as it is.
 *
 * @param place where it is written
 * @param to whom; empty for every recipient of the mail
 * @param fate what
 * @param status the enhanced code of a refusal or bounce, or its first part: {@code 5.7}
 * @param text a part of the reply or of the reason
 * @param folder of the mailbox
 * @param route {@code direct} or the host
 * @param path the processors that the recipient's mail went through, in their order
 * @param headers fields that the mail has or has not in the end
 */
record Expectation(
    Place place,
    Optional<EmailAddress> to,
    Fate fate,
    Optional<String> status,
    Optional<String> text,
    Optional<String> folder,
    Optional<String> route,
    List<String> path,
    List<Field> headers) {

  Expectation {
    path = List.copyOf(path);
    headers = List.copyOf(headers);
  }

  /**
   * A header field.
   *
   * @param name its name
   * @param value its value; empty where any will do
   * @param there whether it has to be there or must not
   */
  record Field(String name, String value, boolean there) {
    boolean holds(Plan.Step step) {
      return values(step).anyMatch(each -> value.isEmpty() || each.equals(value)) == there;
    }

    private Stream<String> values(Plan.Step step) {
      return step.mail().message().headers().all(name).map(HeaderField::value).map(String::strip);
    }

    /** What there is in the mail instead. */
    String found(Plan.Step step) {
      List<String> values = values(step).toList();
      return values.isEmpty()
          ? "without " + name
          : "with " + name + ": " + String.join(" and ", values);
    }

    @Override
    public String toString() {
      return (there ? "with " : "without ") + name + (value.isEmpty() ? "" : ": " + value);
    }
  }

  /** What is otherwise than expected. */
  List<Problem> unmet(TestCase test, Way way) {
    List<EmailAddress> whom =
        to.map(List::of)
            .orElseGet(() -> way.arrival().recipients().stream().map(Recipient::address).toList());
    List<Problem> out = new ArrayList<>();
    for (EmailAddress recipient : whom) {
      List<Plan.Step> theirs =
          way.decisions().stream()
              .filter(decision -> decision.recipient().equals(recipient))
              .map(Way.Decision::step)
              .toList();
      List<String> passed = way.processors(recipient);
      boolean rightWay = path.isEmpty() || path.equals(passed);
      if (!rightWay || theirs.stream().noneMatch(this::fits)) {
        out.add(problem(test, recipient, theirs, passed, decided(way)));
      }
    }
    return out;
  }

  private static String decided(Way way) {
    List<String> all =
        way.decisions().stream().map(each -> each.recipient().toString()).distinct().toList();
    return all.isEmpty() ? "nobody" : String.join(", ", all);
  }

  private boolean fits(Plan.Step step) {
    return Fate.of(step) == fate
        && status.stream().allMatch(code -> hasStatus(step, code))
        && text.stream().allMatch(part -> Words.of(step).contains(part))
        && folder.stream().allMatch(name -> isInto(step, name))
        && route.stream().allMatch(host -> goesBy(step, host))
        && headers.stream().allMatch(field -> field.holds(step));
  }

  private static boolean hasStatus(Plan.Step step, String code) {
    return switch (step) {
      case Plan.Step.Refuse(var _, Status status) -> startsWith(status, code);
      case Plan.Step.Bounce(var _, Status status) -> startsWith(status, code);
      case Plan.Step.Deliver _,
          Plan.Step.Relay _,
          Plan.Step.Emit _,
          Plan.Step.Defer _,
          Plan.Step.Hold _,
          Plan.Step.Discard _ ->
          false;
    };
  }

  private static boolean startsWith(Status status, String code) {
    return (status.enhanced() + ".").startsWith(code + ".")
        || Integer.toString(status.code()).equals(code);
  }

  private static boolean isInto(Plan.Step step, String name) {
    return step instanceof Plan.Step.Deliver(var _, String into) && into.equals(name);
  }

  private static boolean goesBy(Plan.Step step, String host) {
    return step instanceof Plan.Step.Relay(var _, Route by)
        && switch (by) {
          case Route.Direct() -> host.equals("direct");
          case Route.SmartHost smart ->
              host.equals(smart.host()) || host.equals(smart.host() + ":" + smart.port());
        };
  }

  private Problem problem(
      TestCase test,
      EmailAddress recipient,
      List<Plan.Step> theirs,
      List<String> passed,
      String decided) {
    String found =
        theirs.isEmpty()
            ? "nothing was decided for that address, only for " + decided
            : "%s (by %s)"
                .formatted(
                    String.join("; ", theirs.stream().map(this::found).toList()),
                    String.join(" → ", passed));
    return new Problem(
        place,
        "test '%s': expected: %s; got: %s".formatted(test.name(), expected(recipient), found),
        "mend the pipeline, or the test");
  }

  private String found(Plan.Step step) {
    StringBuilder out = new StringBuilder(Words.of(step));
    if (Fate.of(step) == fate) {
      headers.stream()
          .filter(field -> !field.holds(step))
          .forEach(field -> out.append(", ").append(field.found(step)));
    }
    return out.toString();
  }

  private String expected(EmailAddress recipient) {
    StringBuilder out = new StringBuilder(recipient + " " + fate.name().toLowerCase(Locale.ROOT));
    status.ifPresent(code -> out.append(" with status ").append(code));
    text.ifPresent(part -> out.append(" with '").append(part).append("'"));
    folder.ifPresent(name -> out.append(" into ").append(name));
    route.ifPresent(host -> out.append(" by ").append(host));
    headers.forEach(field -> out.append(", ").append(field));
    if (!path.isEmpty()) {
      out.append(" by ").append(String.join(" → ", path));
    }
    return out.toString();
  }
}
