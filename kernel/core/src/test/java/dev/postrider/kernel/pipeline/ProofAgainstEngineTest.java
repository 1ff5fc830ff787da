package dev.postrider.kernel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.pipeline.proof.PipelineProof;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Combination;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.testkit.MailBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What is proved of random pipelines is compared with what the engine does to every kind of mail: a
 * pipeline is refused if and only if some stranger's mail is relayed.
 */
class ProofAgainstEngineTest {

  private static final Place FILE = new Place("pipeline.xml", 0);
  private static final List<String> NAMES = List.of("root", "a", "b", "c");
  private static final Route DIRECT = new Route.Direct();
  private static final Matcher IS_NULL = mail -> mail.allIf(mail.sender().isNull());

  private final List<Mail> strangers = new ArrayList<>();

  ProofAgainstEngineTest() {
    for (int bits = 0; bits < 16; bits++) {
      MailBuilder mail = MailBuilder.aMail().client("198.51.100.23").to("x@foreign.example");
      if ((bits & 1) != 0) {
        mail.header("X-A", "1");
      }
      if ((bits & 2) != 0) {
        mail.header("X-B", "1");
      }
      if ((bits & 4) != 0) {
        mail.header("X-C", "1");
      }
      if ((bits & 8) != 0) {
        mail.fromNobody();
      }
      strangers.add(mail.build());
    }
  }

  @Test
  void aPipelineIsRefusedIfAndOnlyIfAStrangersMailIsRelayed() {
    PipelineEngine engine =
        new PipelineEngine(PipelinePolicy.defaults(), Clock.systemUTC(), new HandTimers());
    int open = 0;
    for (int seed = 0; seed < 1500; seed++) {
      Pipeline pipeline = pipeline(new Random(seed));
      boolean relays = strangers.stream().anyMatch(mail -> relays(engine, pipeline, mail));
      List<String> proved =
          PipelineProof.of(pipeline, FILE, "trace", Patience.standard()).problems().stream()
              .map(Object::toString)
              .filter(problem -> problem.contains("relays for strangers"))
              .toList();
      assertThat(!proved.isEmpty()).as("seed %s: %s", seed, proved).isEqualTo(relays);
      open += relays ? 1 : 0;
    }
    assertThat(open).isBetween(200, 1300);
  }

  private static boolean relays(PipelineEngine engine, Pipeline pipeline, Mail mail) {
    return engine.run(pipeline, Pipeline.ROOT, mail, false).plan().steps().stream()
        .anyMatch(Plan.Step.Relay.class::isInstance);
  }

  private static Pipeline pipeline(Random random) {
    Map<String, Processor> processors = new HashMap<>();
    int line = 0;
    for (String name : NAMES) {
      List<Entry> entries = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        entries.add(entry(++line, criterion(random, 2), random, false));
      }
      entries.add(entry(++line, new Criterion.Always(), random, true));
      processors.put(name, new Processor(name, new Place("pipeline.xml", ++line), entries));
    }
    Mailet hold = _ -> new Outcome.Hold("a fault");
    Entry held = entry(++line, new Criterion.Always(), "Hold", hold, true, Set.of(), List.of());
    processors.put(
        "error", new Processor("error", new Place("pipeline.xml", ++line), List.of(held)));
    return new Pipeline(processors);
  }

  private static Criterion criterion(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 11 : 8)) {
      case 0 -> decided(Fact.AUTHENTICATED, mail -> mail.allIf(mail.client().login().isPresent()));
      case 1 ->
          decided(
              Fact.LOCAL_RECIPIENT,
              mail -> mail.recipientsIf(one -> one.address().domain().equals("example.test")));
      case 2 ->
          decided(
              Fact.KNOWN_NETWORK,
              mail -> mail.allIf(mail.client().address().getHostAddress().startsWith("10.")));
      case 3 -> decided(Fact.NULL_SENDER, IS_NULL);
      case 4 -> header("X-A");
      case 5 -> header("X-B");
      case 6 -> header("X-C");
      case 7 -> decided(Fact.ATTRIBUTE, mail -> mail.allIf(mail.attribute("trusted").isPresent()));
      default ->
          new Criterion.Combined(
              Combination.values()[random.nextInt(3)],
              List.of(criterion(random, depth - 1), criterion(random, depth - 1)));
    };
  }

  private static Criterion header(String name) {
    return new Criterion.Decided(
        Fact.SENDERS_CHOICE,
        false,
        "HasHeader=" + name,
        mail -> mail.allIf(mail.message().headers().count(name) > 0));
  }

  private static Criterion decided(Fact fact, Matcher matcher) {
    return new Criterion.Decided(fact, false, fact.name(), matcher);
  }

  private static Entry entry(int line, Criterion criterion, Random random, boolean last) {
    return switch (random.nextInt(last ? 5 : 7)) {
      case 0, 1 -> {
        ProcessorName to = new ProcessorName(NAMES.get(random.nextInt(NAMES.size())));
        yield entry(
            line,
            criterion,
            "ToProcessor",
            mail -> new Outcome.GoTo(to, mail),
            true,
            Set.of(),
            List.of(to));
      }
      case 2 ->
          entry(
              line,
              criterion,
              "Relay",
              mail -> Outcome.done(new Effect.Relay(mail, DIRECT)),
              true,
              Set.of(Action.RELAY),
              List.of());
      case 3, 4 ->
          entry(
              line,
              criterion,
              "Refuse",
              _ -> new Outcome.Refuse(new Status(550, new EnhancedStatus(5, 7, 1), "no")),
              true,
              Set.of(Action.REFUSE),
              List.of());
      case 5 ->
          entry(
              line,
              criterion,
              "Trust",
              mail -> Outcome.next(mail.withAttribute("trusted", "1")),
              false,
              Set.of(Action.SET_ATTRIBUTE),
              List.of());
      default -> entry(line, criterion, "Log", Outcome::next, false, Set.of(), List.of());
    };
  }

  private static Entry entry(
      int line,
      Criterion criterion,
      String text,
      Mailet mailet,
      boolean terminal,
      Set<Action> does,
      List<ProcessorName> targets) {
    return new Entry(
        new Place("pipeline.xml", line),
        criterion.toString(),
        mail -> mail.recipientsIf(one -> matches(criterion, mail).contains(one)),
        criterion,
        text,
        mailet,
        terminal,
        Optional.of(does),
        targets,
        OnException.standard(),
        OnException.standard());
  }

  private static Set<Recipient> matches(Criterion criterion, Mail mail) {
    return switch (criterion) {
      case Criterion.Always() -> mail.all();
      case Criterion.Decided decided -> decided.matcher().match(mail);
      case Criterion.Unsaid _ -> mail.none();
      case Criterion.Combined(var how, var parts) ->
          mail.recipientsIf(
              one ->
                  switch (how) {
                    case ALL -> parts.stream().allMatch(part -> matches(part, mail).contains(one));
                    case ANY -> parts.stream().anyMatch(part -> matches(part, mail).contains(one));
                    case NONE ->
                        parts.stream().noneMatch(part -> matches(part, mail).contains(one));
                  });
    };
  }
}
