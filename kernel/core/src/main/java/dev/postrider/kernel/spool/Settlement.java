package dev.postrider.kernel.spool;

import dev.postrider.kernel.store.Change;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan made concrete: what to commit, and what to tell the peer once it is committed.
 *
 * @param changes one batch; empty when nothing has to be kept
 * @param refusal the one answer for all recipients, where all of them are refused
 * @param refused answers for single recipients, where the peer can be told; where all recipients
 *     are in it, nobody else has the mail
 */
public record Settlement(
    List<Change> changes, Optional<Status> refusal, Map<Recipient, Status> refused) {
  /** Copies list and map. */
  public Settlement {
    changes = List.copyOf(changes);
    refused = Map.copyOf(refused);
  }
}
