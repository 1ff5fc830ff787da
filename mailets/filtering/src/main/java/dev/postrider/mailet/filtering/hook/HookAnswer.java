package dev.postrider.mailet.filtering.hook;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.Stage;
import dev.postrider.plugin.Status;
import java.util.List;
import java.util.Set;

/**
 * What the service decided.
 *
 * @param decision what becomes of the mail
 * @param edits what is changed before; none where the mail does not go on
 */
record HookAnswer(Decision decision, HookEdits edits) {

  /** One of the actions of the JSON. */
  sealed interface Decision {
    /** The next entry. */
    record Continue() implements Decision {}

    /** Another processor. */
    record Processor(ProcessorName name) implements Decision {}

    /** A folder of each recipient. */
    record Deliver(String folder) implements Decision {}

    /** A refusal. */
    record Refuse(Status status) implements Decision {}

    /** Later. */
    record Defer(String reason) implements Decision {}

    /** Until an admin decides. */
    record Hold(String reason) implements Decision {}

    /** Never. */
    record Discard(String reason) implements Decision {}
  }

  /**
   * Reads an answer.
   *
   * @param processors those that may be named
   * @throws IllegalArgumentException with a reason for a person when it can't be followed
   */
  static HookAnswer read(String text, Set<ProcessorName> processors) {
    Json json = Json.read(text);
    String action = json.text("action");
    Decision decision =
        switch (action) {
          case "continue" -> new Decision.Continue();
          case "processor" -> new Decision.Processor(known(json.text("processor"), processors));
          case "deliver" -> new Decision.Deliver(json.text("folder", "INBOX"));
          case "refuse" -> new Decision.Refuse(status(json));
          case "defer" -> new Decision.Defer(reason(json));
          case "hold" -> new Decision.Hold(reason(json));
          case "discard" -> new Decision.Discard(reason(json));
          default -> throw new IllegalArgumentException("the action '" + action + "' is unknown");
        };
    HookEdits edits = HookEdits.of(json);
    json.end();
    return new HookAnswer(decision, edits);
  }

  /**
   * What is to be done with the mail.
   *
   * @throws IllegalArgumentException when it can't be done at the mail's stage
   */
  Outcome outcome(Mail mail) {
    boolean session = mail.stage() != Stage.MESSAGE;
    if (session && edits.touchMessage()) {
      throw new IllegalArgumentException("there is no message yet whose header could be changed");
    }
    return switch (decision) {
      case Decision.Continue() -> Outcome.next(edits.apply(mail));
      case Decision.Processor(var name) -> new Outcome.GoTo(name, edits.apply(mail));
      case Decision.Refuse(var status) -> new Outcome.Refuse(status);
      case Decision.Defer(var reason) -> new Outcome.Defer(reason);
      case Decision.Deliver _, Decision.Hold _, Decision.Discard _ when session ->
          throw new IllegalArgumentException("there is no message yet that could be kept");
      case Decision.Deliver(var folder) ->
          new Outcome.Done(List.of(new Effect.Deliver(edits.apply(mail), folder)));
      case Decision.Hold(var reason) -> new Outcome.Hold(reason);
      case Decision.Discard(var reason) -> new Outcome.Discard(reason);
    };
  }

  private static ProcessorName known(String name, Set<ProcessorName> processors) {
    ProcessorName processor = ProcessorName.parse(name);
    if (!processors.contains(processor)) {
      throw new IllegalArgumentException(
          "the processor '" + processor + "' is not among those that 'processors' names");
    }
    return processor;
  }

  private static Status status(Json json) {
    EnhancedStatus enhanced = EnhancedStatus.parse(json.text("status", "5.7.1"));
    if (enhanced.kind() != 4 && enhanced.kind() != 5) {
      throw new IllegalArgumentException("a refusal has a status of class 4 or 5, not " + enhanced);
    }
    int code = json.number("code", enhanced.kind() == 5 ? 550 : 451);
    return new Status(code, enhanced, OnFailure.oneLine(json.text("text", "refused by a filter")));
  }

  private static String reason(Json json) {
    return OnFailure.oneLine(json.text("reason"));
  }
}
