package dev.postrider.kernel.spool;

import dev.postrider.kernel.bounce.NewMail;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.port.Ids;
import dev.postrider.kernel.state.PluginStates;
import dev.postrider.kernel.store.Change;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.service.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox of a plugin: its mails go into the spool, due at once.
 *
 * @param plugin whose it is
 * @param states holds what the plugin remembers
 * @param ids of the mails
 * @param clock tells when they were made
 */
public record SpooledOutbox(String plugin, PluginStates states, Ids ids, InstantSource clock)
    implements Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(SpooledOutbox.class);

  @Override
  public boolean send(List<Mail> mails, Map<String, byte[]> used) {
    if (mails.size() > MAX_MAILS) {
      throw new IllegalArgumentException("at most " + MAX_MAILS + " mails, not " + mails.size());
    }
    Instant now = clock.instant();
    List<Change.Spool> spooled = mails.stream().map(mail -> spooled(mail, now)).toList();
    boolean done = states.commit(plugin, used, List.copyOf(spooled));
    if (done) {
      spooled.forEach(
          each -> LOG.info("mail {} was made by the plugin '{}'", each.entry().id(), plugin));
    }
    return done;
  }

  private Change.Spool spooled(Mail mail, Instant now) {
    String processor = mail.sender().isNull() ? Pipeline.BOUNCES : Pipeline.ROOT;
    return new NewMail(mail.envelope(), mail.message()).spooled(ids.next(), processor, now);
  }
}
