package dev.postrider.kernel.admin;

import java.util.List;

/**
 * What waits.
 *
 * @param spool mails in the spool in all
 * @param outbound entries of the outbound queue in all
 * @param items the first of each, up to the limit asked for
 */
public record QueueListing(int spool, int outbound, List<QueueItem> items) {

  /** Copies the list. */
  public QueueListing {
    items = List.copyOf(items);
  }
}
