package dev.postrider.dist.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Jobs;
import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.plugin.Content;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class BoundedJobsTest {

  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final Content NOTHING = Content.of(new byte[0]);

  private final VirtualTime time = new VirtualTime();

  private AdminAnswer run(Jobs jobs) {
    return new BoundedJobs(jobs, DEADLINE, time).run("Learn", List.of("spam"), NOTHING);
  }

  @Test
  void aJobThatEndsGivesItsAnswer() {
    AdminAnswer answer = new AdminAnswer.Done("learnt");
    assertThat(run((name, arguments, input) -> answer)).isEqualTo(answer);
  }

  @Test
  void aFaultIsTheCallers() {
    assertThatThrownBy(
            () ->
                run(
                    (name, arguments, input) -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
  }

  @Test
  void aJobThatDoesNotEndIsInterruptedAtItsDeadlineAndNobodyWaits() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<AdminAnswer> answer =
          CompletableFuture.supplyAsync(
              () -> run((name, arguments, input) -> hang(inside, interrupted)), threads);
      inside.await();
      time.advance(DEADLINE.minusSeconds(1));
      assertThat(answer).isNotDone();
      time.advance(Duration.ofSeconds(1));
      assertThat(answer.join())
          .isInstanceOfSatisfying(
              AdminAnswer.Refused.class,
              refused ->
                  assertThat(refused.text())
                      .startsWith("the job Learn did not end within 120 s")
                      .contains("job-deadline"));
      interrupted.await();
    }
  }

  private static AdminAnswer hang(CountDownLatch inside, CountDownLatch interrupted) {
    inside.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
    return new AdminAnswer.Done("too late");
  }
}
