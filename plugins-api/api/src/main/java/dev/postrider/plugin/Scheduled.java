package dev.postrider.plugin;

import java.time.Duration;

/**
 * A mailet that also acts when no mail comes: as long as it is in the pipeline in use, the running
 * server gives it a turn now and then. Where a turn wants to send a mail, it does so through {@link
 * dev.postrider.plugin.service.Outbox}.
 *
 * <p>Thread: a virtual one; an instance has one turn at a time, beside the mails that it gets.
 * Time: less than a minute; no mail waits for it. Ownership: nothing is handed over. Failure: what
 * a turn throws is logged, and the next one comes as ever. An entry of the pipeline is an instance
 * with turns of its own, as is one after a reload; traces, replays and tests of a pipeline give
 * none.
 *
 * @since 1.1
 */
public interface Scheduled {

  /**
   * How long after a turn the next one begins, about; a second where it is less. The first one
   * comes soon after the start.
   */
  Duration every();

  /** Does what is due. */
  void turn();
}
