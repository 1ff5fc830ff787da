package dev.postrider.kernel.bounce;

import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.ContentId;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Envelope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A finished delivery status notification.
 *
 * @param envelope null sender, the sender of the reported mail as recipient
 * @param content readable as long as the reported mail is
 */
public record Report(Envelope envelope, Content content) {

  /** The processor where reports start. */
  public static final String PROCESSOR = "bounces";

  /**
   * The change that spools this report as a new mail; to be committed together with what it reports
   * on.
   *
   * @param mailId a new id
   * @param now when it is due, and when it was received
   */
  public Change.Spool spooled(String mailId, Instant now) {
    StoredMessage nothingYet = new StoredMessage("", new ContentId(""), 0, 0);
    SpoolEntry entry =
        new SpoolEntry(
            mailId,
            Client.local(),
            envelope,
            nothingYet,
            Map.of(),
            PROCESSOR,
            now,
            0,
            now,
            Optional.empty());
    return new Change.Spool(entry, new NewMessage.Fresh("", content, 0));
  }
}
