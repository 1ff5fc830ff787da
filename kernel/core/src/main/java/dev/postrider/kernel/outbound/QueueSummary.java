package dev.postrider.kernel.outbound;

import java.time.Instant;

/**
 * What a scheduler has to know of a queue entry, kept on the heap by the store.
 *
 * @param id names the entry
 * @param destination as in {@link QueueEntry}
 * @param nextAttempt as in {@link QueueEntry}
 * @param held whether it waits for an admin
 */
public record QueueSummary(String id, String destination, Instant nextAttempt, boolean held) {}
