package dev.postrider.kernel.bounce;

import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Envelope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A mail made here, not stored yet.
 *
 * @param envelope sender and recipients; the sender of a report is the null path
 * @param content header and body, readable until the mail is committed
 */
public record NewMail(Envelope envelope, Content content) {

  /**
   * The change that spools this mail, due at once.
   *
   * @param mailId a new id
   * @param processor where its run starts
   * @param now when it was made
   */
  public Change.Spool spooled(String mailId, String processor, Instant now) {
    SpoolEntry entry =
        new SpoolEntry(
            mailId,
            Client.local(),
            envelope,
            StoredMessage.NOT_YET,
            Map.of(),
            processor,
            now,
            0,
            now,
            Optional.empty());
    return new Change.Spool(entry, new NewMessage.Fresh("", content, 0));
  }
}
