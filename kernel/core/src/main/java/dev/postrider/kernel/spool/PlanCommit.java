package dev.postrider.kernel.spool;

import dev.postrider.kernel.bounce.Reports;
import dev.postrider.kernel.directory.Directory;
import dev.postrider.kernel.outbound.OutboundPolicy;
import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.kernel.port.Ids;
import dev.postrider.plugin.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Turns a plan into one batch: copies in mailboxes, entries of the outbound queue, reports, what
 * waits in the spool, the fate of every recipient, and the end of the spool entry the plan came
 * from. Commits nothing itself.
 *
 * <p>Thread: any; asks the directory, and reads the mail where a report quotes it.
 */
public final class PlanCommit {
  final Directory directory;
  final Reports reports;
  final Ids ids;
  final InstantSource clock;
  final Backoff backoff;
  final Duration giveUpAfter;
  final Duration queueFor;
  final Route forwardRoute;

  /**
   * Settles plans by these rules.
   *
   * @param forwardRoute the way of copies that an alias sends to another host
   * @param random varies delays
   */
  public PlanCommit(
      Directory directory,
      Reports reports,
      Ids ids,
      InstantSource clock,
      RandomGenerator random,
      SpoolPolicy spool,
      OutboundPolicy outbound,
      Route forwardRoute) {
    this.directory = directory;
    this.reports = reports;
    this.ids = ids;
    this.clock = clock;
    this.backoff = new Backoff(spool.retrySchedule(), random);
    this.giveUpAfter = spool.expireAfter();
    this.queueFor = outbound.expireAfter();
    this.forwardRoute = forwardRoute;
  }

  /** What to commit for this plan. */
  public Settlement settle(Plan plan, Origin origin) {
    return new Settling(this, origin).settle(plan);
  }
}
