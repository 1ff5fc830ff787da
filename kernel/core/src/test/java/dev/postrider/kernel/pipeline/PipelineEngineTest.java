package dev.postrider.kernel.pipeline;

import static dev.postrider.kernel.pipeline.Pipelines.KEEP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Effect;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PipelineEngineTest extends EngineFixture {

  private static Mailet edit(UnaryOperator<Mail> change) {
    return mail -> Outcome.next(change.apply(mail));
  }

  private static Mailet header(String name) {
    return edit(mail -> mail.withHeaders(all -> all.withLast(HeaderField.of(name, "yes"))));
  }

  @Test
  void matchedRecipientsGoThroughTheMailetAndOthersPassBy() {
    Pipeline pipeline =
        pipeline().some(only(B), mail -> new Outcome.Discard("b is not wanted")).end(KEEP).build();

    assertThat(told(plan(pipeline, mail(A, B, C))))
        .containsExactlyInAnyOrder(
            "discard b@example.test: b is not wanted",
            "deliver to INBOX of a@example.test, c@example.test");
  }

  @Test
  void anEditedPartGoesOnForItselfAndSharesTheBody() {
    Pipeline pipeline = pipeline().some(only(A), header("X-For-A")).end(KEEP).build();
    Mail mail = mail(A, B);

    Plan plan = plan(pipeline, mail);

    assertThat(plan.steps()).hasSize(2);
    Mail forA = plan.steps().getFirst().mail();
    Mail forB = plan.steps().getLast().mail();
    assertThat(forA.recipients()).containsExactly(A);
    assertThat(forA.message().headers().contains("X-For-A")).isTrue();
    assertThat(forA.message().source()).isSameAs(mail.message().source());
    assertThat(forB.recipients()).containsExactly(B);
    assertThat(forB.message()).isSameAs(mail.message());
  }

  @Test
  void anUnchangedPartJoinsTheOthersAgain() {
    List<List<Recipient>> seen = new ArrayList<>();
    Mailet watch =
        mail -> {
          seen.add(mail.recipients());
          return Outcome.next(mail);
        };
    Pipeline pipeline = pipeline().some(only(B), watch).all(watch).end(KEEP).build();

    assertThat(told(plan(pipeline, mail(A, B, C)))).hasSize(1);
    assertThat(seen).containsExactly(List.of(B), List.of(A, B, C));
  }

  @Test
  void effectsMayRideAlong() {
    Mailet copy = mail -> new Outcome.Continue(mail, List.of(new Effect.Deliver(mail, "Archive")));
    Pipeline pipeline = pipeline().all(copy).end(KEEP).build();

    assertThat(told(plan(pipeline, mail(A))))
        .containsExactly(
            "deliver to Archive of a@example.test", "deliver to INBOX of a@example.test");
  }

  @Test
  void eachOutcomeBecomesItsStep() {
    Recipient d = recipient("d@example.test");
    Recipient e = recipient("e@example.test");
    Recipient f = recipient("f@example.test");
    Pipeline pipeline =
        pipeline()
            .some(only(A), mail -> new Outcome.Refuse(Status.permanent("5.7.1", "no")))
            .some(only(B), mail -> new Outcome.Defer("later"))
            .some(only(C), mail -> new Outcome.Hold("look at it"))
            .some(
                only(d),
                mail -> Outcome.done(new Effect.Bounce(mail, Status.permanent("5.1.1", "gone"))))
            .some(
                only(e),
                mail ->
                    new Outcome.Done(
                        List.of(
                            new Effect.Relay(mail, new Route.Direct()),
                            new Effect.Emit(mail.withRecipients(List.of(A))))))
            .some(only(f), mail -> new Outcome.GoTo(new ProcessorName("other"), mail))
            .end(KEEP)
            .and("other")
            .end(mail -> new Outcome.Discard("other"))
            .build();

    assertThat(told(plan(pipeline, mail(A, B, C, d, e, f))))
        .containsExactlyInAnyOrder(
            "refuse a@example.test with 550 5.7.1 no",
            "defer b@example.test, again at root: later",
            "hold c@example.test, released at root: look at it",
            "bounce d@example.test with 550 5.1.1 gone",
            "relay by MX to e@example.test",
            "send a new mail to a@example.test",
            "discard f@example.test: other");
  }

  @Test
  void whatNoEffectCoversIsHeld() {
    Pipeline pipeline =
        pipeline()
            .end(mail -> Outcome.done(new Effect.Deliver(mail.withRecipients(List.of(A)), "INBOX")))
            .build();

    assertThat(told(plan(pipeline, mail(A, B))))
        .containsExactly(
            "deliver to INBOX of a@example.test",
            "hold b@example.test, released at root: pipeline.xml:4 Keep: no effect covers them");
  }

  @Test
  void recipientsThatAMailetOnlyTakesOffAreHeldButReplacedOnesAreNot() {
    Pipeline pipeline =
        pipeline()
            .some(only(A, B), edit(mail -> mail.withRecipients(List.of(A))))
            .some(only(C), edit(mail -> mail.withRecipients(List.of(recipient("d@example.test")))))
            .end(KEEP)
            .build();

    assertThat(told(plan(pipeline, mail(A, B, C))))
        .containsExactlyInAnyOrder(
            "hold b@example.test, released at root: pipeline.xml:4 Mailet: took them off the mail",
            "deliver to INBOX of a@example.test",
            "deliver to INBOX of d@example.test");
  }

  @Test
  void whatFallsOffTheEndIsHeldAndTheReasonNamesTheProcessor() {
    Pipeline pipeline = pipeline().all(Outcome::next).build();

    assertThat(told(plan(pipeline, mail(A))))
        .containsExactly(
            "hold a@example.test, released at root: processor 'root' ended without a decision");
  }

  @Test
  void fallingOffASessionProcessorIsAllowedAndOffMessageGoesOnWithRoot() {
    Pipeline pipeline =
        pipeline()
            .end(KEEP)
            .and("recipient")
            .some(only(B), mail -> new Outcome.Refuse(Status.permanent("5.1.1", "no")))
            .and("message")
            .all(header("X-Message"))
            .build();

    PipelineRun allowed = engine.run(pipeline, Pipeline.RECIPIENT, mail(A), false);
    assertThat(allowed.plan().steps()).isEmpty();
    assertThat(allowed.passed()).hasSize(1);
    PipelineRun refused = engine.run(pipeline, Pipeline.RECIPIENT, mail(B), false);
    assertThat(refused.passed()).isEmpty();
    assertThat(told(refused.plan())).hasSize(1);
    PipelineRun message = engine.run(pipeline, Pipeline.MESSAGE, mail(A), false);
    assertThat(told(message.plan())).containsExactly("deliver to INBOX of a@example.test");
    assertThat(message.plan().steps().getFirst().mail().message().headers().contains("X-Message"))
        .isTrue();
  }

  @Test
  void goingRoundInCirclesEndsInAHold() {
    Pipeline pipeline = pipeline().to("other").and("other").to("root").build();

    assertThat(told(plan(pipeline, mail(A))))
        .singleElement()
        .asString()
        .startsWith("hold a@example.test")
        .contains("more than 30 times");
  }

  @Test
  void theTraceShowsEachStepItsChangesAndThePlan() {
    Pipeline pipeline =
        pipeline()
            .some(only(A), header("X-Seen"))
            .some(only(C), KEEP)
            .end(mail -> new Outcome.GoTo(name("other"), mail.withAttribute("t.note", "1")))
            .and("other")
            .end(KEEP)
            .build();

    PipelineRun run = engine.run(pipeline, "root", mail(A, B), true);
    List<String> lines =
        run.trace().lines(run.plan()).stream()
            .map(line -> line.replaceAll("\\([0-9.,]+ ms\\)", "(t)"))
            .toList();

    assertThat(String.join("\n", lines))
        .isEqualTo(
            """
            processor root
              pipeline.xml:4  match="Some" class="Mailet"  (t)
                matches a@example.test of 2: goes on
                  + X-Seen: yes
              for a@example.test
              |   pipeline.xml:5  match="Some" class="Mailet"  (t)
              |     matches nobody
              |   pipeline.xml:6  match="All" class="Keep"  (t)
              |     matches a@example.test: goes to processor other
              |       attribute t.note: 1
              | processor other
              |   pipeline.xml:8  match="All" class="Keep"  (t)
              |     matches a@example.test: deliver to INBOX of a@example.test
              for b@example.test
              |   pipeline.xml:5  match="Some" class="Mailet"  (t)
              |     matches nobody
              |   pipeline.xml:6  match="All" class="Keep"  (t)
              |     matches b@example.test: goes to processor other
              |       attribute t.note: 1
              | processor other
              |   pipeline.xml:8  match="All" class="Keep"  (t)
              |     matches b@example.test: deliver to INBOX of b@example.test
            plan
              deliver to INBOX of a@example.test
              deliver to INBOX of b@example.test""");
  }

  @Test
  void twoHundredEntriesCostWellUnderAMillisecond() {
    Pipelines long200 = pipeline();
    for (int i = 0; i < 200; i++) {
      long200.some(mail -> mail.allIf(mail.sender().isNull()), KEEP);
    }
    Pipeline pipeline = long200.end(KEEP).build();
    Mail mail = mail(A, B);
    for (int i = 0; i < 2000; i++) {
      plan(pipeline, mail);
    }
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      long from = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        plan(pipeline, mail);
      }
      best = Math.min(best, (System.nanoTime() - from) / 100);
    }
    assertThat(best).isLessThan(500_000);
  }
}
