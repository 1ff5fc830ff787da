package dev.postrider.plugin;

import java.time.Duration;

/**
 * A mailet that also acts when no mail comes: as long as it is in the pipeline in use, the running
 * server gives it a turn now and then. Where a turn wants to send a mail, it does so through {@link
 * dev.postrider.plugin.service.Outbox}.
 *
 * <p>Thread: one of the server's, that waits for nobody else; an instance has one turn at a time,
 * beside the mails that it gets. Time: one minute; then the turn is interrupted, and the next one
 * begins only after it has ended. No mail waits for it. Ownership: nothing is handed over. Failure:
 * what a turn throws is logged, the first time in a row, and the next one comes as ever. An entry
 * of the pipeline is an instance with turns of its own, as is one after a reload; a turn that is
 * under way at a reload ends beside the new ones. Traces, replays and tests of a pipeline give
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
