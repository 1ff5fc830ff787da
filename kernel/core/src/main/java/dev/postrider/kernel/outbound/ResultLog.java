package dev.postrider.kernel.outbound;

import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Text;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each recipient of a try: what the peer said, shown so that it can't forge
 * lines.
 */
final class ResultLog {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  private ResultLog() {}

  static void write(QueueEntry entry, Map<Recipient, RecipientResult> results) {
    results.forEach(
        (recipient, result) -> {
          switch (result) {
            case RecipientResult.Taken taken ->
                LOG.info(
                    "mail {} to <{}> taken by {}: {}",
                    entry.mailId(),
                    recipient,
                    Text.shown(taken.host()),
                    Text.shown(taken.text()));
            case RecipientResult.Rejected(var _, Optional<String> host, String text) ->
                LOG.info(
                    "mail {} to <{}> refused by {}: {}",
                    entry.mailId(),
                    recipient,
                    Text.shown(host.orElse("us")),
                    Text.shown(text));
            case RecipientResult.Deferred deferred ->
                LOG.info(
                    "mail {} to <{}> waits: {}",
                    entry.mailId(),
                    recipient,
                    Text.shown(deferred.shown()));
          }
        });
  }
}
