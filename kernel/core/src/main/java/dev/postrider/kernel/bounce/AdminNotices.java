package dev.postrider.kernel.bounce;

import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.port.Ids;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mails from the server to its admin. Thread: any; blocks. */
public final class AdminNotices {
  private static final Logger LOG = LoggerFactory.getLogger(AdminNotices.class);

  private final Store store;
  private final String hostName;
  private final Ids ids;
  private final InstantSource clock;

  /** Notices of this host, spooled in this store. */
  public AdminNotices(Store store, String hostName, Ids ids, InstantSource clock) {
    this.store = store;
    this.hostName = hostName;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Writes to the admin; the mail is durable when this returns. Where it can't be stored the log
   * says so.
   *
   * @param admin nobody is told where it is empty
   * @param paragraphs the text; foreign parts of it can't add a line
   */
  public void tell(Optional<EmailAddress> admin, String subject, List<String> paragraphs) {
    if (admin.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    ReportText out = new ReportText(false);
    out.field("From", "Postrider <MAILER-DAEMON@" + hostName + ">");
    out.field("To", "<" + out.address(admin.get()) + ">");
    out.field("Subject", subject);
    out.field("Date", ReportText.date(now));
    out.field("Message-ID", "<" + ids.next() + "@" + hostName + ">");
    out.field("Auto-Submitted", "auto-generated");
    out.field("MIME-Version", "1.0");
    out.line("Content-Type: text/plain; charset=us-ascii");
    for (String paragraph : paragraphs) {
      out.line("");
      out.quoted("", paragraph);
    }
    Envelope envelope = Envelope.of(ReversePath.NULL, List.of(Recipient.of(admin.get())));
    NewMail mail = new NewMail(envelope, out.content());
    CommitResult result = store.commit(Batch.of(mail.spooled(ids.next(), Pipeline.BOUNCES, now)));
    if (!(result instanceof CommitResult.Committed)) {
      LOG.error("the notice '{}' could not be stored: {}", subject, result);
    }
  }
}
