package dev.postrider.kernel.pipeline;

import static dev.postrider.kernel.pipeline.Pipelines.KEEP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Effect;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Status;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EngineFaultsTest extends EngineFixture {

  @Test
  void aProcessorThatIsNotThereHoldsTheMail() {
    Pipeline pipeline = pipeline().to("nowhere").build();

    assertThat(told(plan(pipeline, mail(A))))
        .containsExactly("hold a@example.test, released at root: there is no processor 'nowhere'");
  }

  @Test
  void aThrowingMailetLeadsToErrorAndTheMailSaysWhy() {
    Pipeline pipeline =
        pipeline()
            .some(
                only(A),
                mail -> {
                  throw new IllegalStateException("boom");
                })
            .end(KEEP)
            .build();

    assertThat(told(plan(pipeline, mail(A, B))))
        .containsExactlyInAnyOrder(
            "hold a@example.test, released at error: pipeline.xml:4 match=\"Some\""
                + " class=\"Mailet\": the mailet threw java.lang.IllegalStateException: boom",
            "deliver to INBOX of b@example.test");
  }

  @Test
  void eachWayOfAnsweringNonsenseIsAFault() {
    Mailet terminal = Outcome::next;
    List<Pipeline> pipelines =
        List.of(
            pipeline().some(mail -> nothing(), KEEP).build(),
            pipeline().some(mail -> Set.of(C), KEEP).build(),
            pipeline().some(mail -> Collections.singleton(nothing()), KEEP).build(),
            pipeline().all(mail -> nothing()).build(),
            pipeline().all(mail -> Outcome.next(nothing())).build(),
            pipeline().end(terminal).build(),
            pipeline().all(mail -> Outcome.done(new Effect.Deliver(mail, "../../etc"))).build(),
            pipeline()
                .all(
                    mail ->
                        Outcome.done(
                            new Effect.Bounce(mail, Status.temporary("4.0.0", "not a bounce"))))
                .build(),
            pipeline().all(mail -> recurse(mail)).build());

    for (Pipeline pipeline : pipelines) {
      assertThat(told(plan(pipeline, mail(A))))
          .singleElement()
          .asString()
          .startsWith("hold a@example.test, released at error: pipeline.xml:4");
    }
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @SuppressWarnings("InfiniteRecursion")
  private static Outcome recurse(Mail mail) {
    return recurse(mail);
  }

  @Test
  void exceptionsAreHandledAsTheEntrySays() {
    Matcher broken =
        mail -> {
          throw new IllegalStateException("boom");
        };
    Mailet brokenMailet =
        mail -> {
          throw new IllegalStateException("boom");
        };
    OnException skip = new OnException.Skip();
    OnException std = OnException.standard();
    Mailet discard = mail -> new Outcome.Discard("matched");

    assertThat(told(plan(pipeline().some(broken, discard, skip, std).end(KEEP).build(), mail(A))))
        .containsExactly("deliver to INBOX of a@example.test");
    assertThat(
            told(
                plan(
                    pipeline().some(broken, discard, new OnException.MatchAll(), std).build(),
                    mail(A))))
        .containsExactly("discard a@example.test: matched");
    assertThat(
            told(
                plan(
                    pipeline().some(broken, discard, new OnException.Defer(), std).build(),
                    mail(A))))
        .singleElement()
        .asString()
        .startsWith("defer a@example.test, again at root: pipeline.xml:4");
    assertThat(
            told(
                plan(
                    pipeline().some(only(A), brokenMailet, std, skip).end(KEEP).build(),
                    mail(A, B))))
        .containsExactly("deliver to INBOX of a@example.test, b@example.test");
    assertThat(
            told(
                plan(
                    pipeline()
                        .some(only(A), brokenMailet, std, new OnException.GoTo(name("own")))
                        .end(KEEP)
                        .and("own")
                        .end(discard)
                        .build(),
                    mail(A))))
        .containsExactly("discard a@example.test: matched");
  }

  @Test
  void aFaultInErrorItselfHolds() {
    Pipeline pipeline =
        Pipelines.with("error")
            .all(
                mail -> {
                  throw new IllegalStateException("again");
                })
            .and("root")
            .to("error")
            .build();

    assertThat(told(plan(pipeline, mail(A))))
        .singleElement()
        .asString()
        .startsWith("hold a@example.test, released at error");
  }

  @Test
  void releasedMailPassesTheEntryThatHeldIt() {
    Pipeline pipeline = pipeline().all(mail -> new Outcome.Hold("look")).end(KEEP).build();

    assertThat(told(plan(pipeline, mail(A).withAttribute(PipelineEngine.RELEASED, "look"))))
        .containsExactly("deliver to INBOX of a@example.test");
    assertThat(told(plan(pipeline, mail(A).withAttribute(PipelineEngine.RELEASED, "other"))))
        .containsExactly("hold a@example.test, released at root: look");
  }

  @Test
  void anEntryThatFailedTooOftenIsNotCalledForAWhile() {
    AtomicLong now = new AtomicLong();
    PipelineEngine counting =
        new PipelineEngine(
            PipelinePolicy.defaults(), () -> Instant.ofEpochSecond(now.get()), new HandTimers());
    var calls = new AtomicInteger();
    var broken = new AtomicBoolean(true);
    Pipeline pipeline =
        pipeline()
            .all(
                mail -> {
                  calls.incrementAndGet();
                  if (broken.get()) {
                    throw new IllegalStateException("down");
                  }
                  return Outcome.next(mail);
                })
            .end(KEEP)
            .build();

    for (int i = 0; i < 20; i++) {
      assertThat(told(counting.run(pipeline, "root", mail(A), false).plan()))
          .singleElement()
          .asString()
          .startsWith("hold");
    }
    assertThat(calls).hasValue(5);

    now.addAndGet(61);
    counting.run(pipeline, "root", mail(A), false);
    counting.run(pipeline, "root", mail(A), false);
    assertThat(calls).hasValue(6);

    now.addAndGet(61);
    broken.set(false);
    for (int i = 0; i < 3; i++) {
      assertThat(told(counting.run(pipeline, "root", mail(A), false).plan()))
          .containsExactly("deliver to INBOX of a@example.test");
    }
    assertThat(calls).hasValue(9);
  }
}
