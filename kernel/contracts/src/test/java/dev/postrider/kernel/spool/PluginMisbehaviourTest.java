package dev.postrider.kernel.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.intake.IntakePolicy;
import dev.postrider.kernel.intake.Platform;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.ContentId;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a plugin does harms only the mails it touches: they are held, the others go their way,
 * and after the fix the held ones are released and arrive.
 */
class PluginMisbehaviourTest {

  enum Fault {
    THROWS,
    EXHAUSTS_THE_STACK,
    EATS_MEMORY,
    ANSWERS_NOTHING,
    LEAVES_THREADS_BEHIND,
    BLOCKS,
    BLOCKS_AND_IGNORES_INTERRUPTS,
    SPINS_AND_IGNORES_INTERRUPTS;

    boolean hangs() {
      return compareTo(BLOCKS) >= 0;
    }
  }

  private static final Duration DEADLINE = Duration.ofMinutes(1);

  private final Platform platform =
      new Platform(IntakePolicy.defaults("mx.example.test"), DEADLINE);
  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicBoolean mended = new AtomicBoolean();

  @AfterEach
  void close() {
    end.countDown();
    platform.close();
  }

  @ParameterizedTest
  @EnumSource
  void onlyItsOwnMailsWaitAndArriveAfterTheFix(Fault fault) {
    platform.first(mail -> misbehave(fault, mail), "bob@example.test");
    platform.worker.start();
    spool("m1", "bob@example.test");
    spool("m2", "alice@example.test");

    Platform.until(() -> platform.mailbox("alice@example.test").size() == 1);
    if (fault.hangs()) {
      Platform.until(() -> inside.getCount() == 0);
      // And the grace, but far from another deadline: what comes next is not to be late too.
      platform.time.advance(DEADLINE.plusSeconds(2));
    }
    Platform.until(
        () ->
            platform.desk.entry("m1").filter(each -> each.held().isPresent()).isPresent()
                && platform.inFlight.count() == 0);
    assertThat(platform.mailbox("bob@example.test")).isEmpty();

    mended.set(true);
    assertThat(platform.desk.release("m1", Optional.empty()))
        .isEqualTo(new SpoolDesk.Answer.Done());
    Platform.until(() -> platform.mailbox("bob@example.test").size() == 1);
    Platform.until(() -> platform.spool().isEmpty() && platform.inFlight.count() == 0);
  }

  private Outcome misbehave(Fault fault, Mail mail) {
    if (mended.get()) {
      return Outcome.next(mail);
    }
    inside.countDown();
    return switch (fault) {
      case THROWS -> throw new IllegalStateException("broken");
      case EXHAUSTS_THE_STACK -> misbehave(fault, mail);
      case EATS_MEMORY -> {
        List<byte[]> eaten = new ArrayList<>();
        while (eaten.size() < 64) {
          eaten.add(new byte[1 << 20]);
        }
        throw new OutOfMemoryError("after " + eaten.size() + " MiB");
      }
      case ANSWERS_NOTHING -> nothing();
      case LEAVES_THREADS_BEHIND -> {
        for (int i = 0; i < 100; i++) {
          Thread.ofVirtual().start(this::waitForTheEnd);
        }
        yield nothing();
      }
      case BLOCKS -> {
        try {
          end.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException("interrupted", e);
        }
        yield Outcome.next(mail);
      }
      case BLOCKS_AND_IGNORES_INTERRUPTS -> {
        waitForTheEnd();
        yield new Outcome.Discard("too late");
      }
      case SPINS_AND_IGNORES_INTERRUPTS -> {
        while (end.getCount() > 0) {
          Thread.onSpinWait();
        }
        yield new Outcome.Discard("too late");
      }
    };
  }

  private void waitForTheEnd() {
    for (boolean ended = false; !ended; ) {
      try {
        end.await();
        ended = true;
      } catch (InterruptedException e) {
        // what a stubborn plugin does
      }
    }
  }

  // Plugins are compiled elsewhere, where nobody forbids it.
  @SuppressWarnings("NullAway")
  private static Outcome nothing() {
    return null;
  }

  private void spool(String id, String recipient) {
    platform.put(
        new Change.Spool(
            new SpoolEntry(
                id,
                Client.local(),
                Platform.envelope("alice@example.test", recipient),
                new StoredMessage("", new ContentId(""), 0, 0),
                Map.of(),
                "root",
                platform.time.instant(),
                0,
                platform.time.instant(),
                Optional.empty()),
            new NewMessage.Fresh(
                "", Content.of(Platform.TEXT.getBytes(StandardCharsets.US_ASCII)), 0)));
  }
}
