package dev.postrider.dist.plugin;

import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Jobs;
import dev.postrider.kernel.port.Timers;
import dev.postrider.plugin.Content;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that end: each runs on a virtual thread of its own, is interrupted at the deadline, and
 * nobody waits for it any longer. What it has done by then stays.
 */
public final class BoundedJobs implements Jobs {

  private static final Logger LOG = LoggerFactory.getLogger(BoundedJobs.class);

  private final Jobs jobs;
  private final Duration deadline;
  private final Timers timers;

  public BoundedJobs(Jobs jobs, Duration deadline, Timers timers) {
    this.jobs = jobs;
    this.deadline = deadline;
    this.timers = timers;
  }

  @Override
  public AdminAnswer run(String name, List<String> arguments, Content input) {
    CompletableFuture<AdminAnswer> answer = new CompletableFuture<>();
    Thread job =
        Thread.ofVirtual()
            .name("job-" + name)
            .unstarted(() -> work(answer, name, () -> jobs.run(name, arguments, input)));
    Runnable cancel =
        timers.shortlyAfter(
            deadline,
            () -> {
              if (answer.complete(tooLong(name))) {
                job.interrupt();
              }
            });
    job.start();
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      cancel.run();
    }
  }

  private interface Work {
    AdminAnswer run();
  }

  private static void work(CompletableFuture<AdminAnswer> answer, String name, Work work) {
    boolean inTime;
    try {
      inTime = answer.complete(work.run());
    } catch (RuntimeException | Error e) {
      inTime = answer.completeExceptionally(e);
      if (!inTime) {
        LOG.debug("the job {} broke off", name, e);
      }
    }
    if (!inTime) {
      LOG.info("the job {} ended after its deadline", name);
    }
  }

  private AdminAnswer tooLong(String name) {
    return AdminAnswer.conflict(
        ("the job %s did not end within %d s and is broken off; what it has done stays; give it"
                + " less to do at a time, or more time: job-deadline of <pipeline> in"
                + " conf/postrider.xml")
            .formatted(name, deadline.toSeconds()));
  }
}
