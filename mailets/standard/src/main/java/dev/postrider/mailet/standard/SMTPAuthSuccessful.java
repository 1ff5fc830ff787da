package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Recipient;
import java.util.Set;

/** SenderIsAuthenticated under the name that Apache James has for it. */
@Doc("Another name for SenderIsAuthenticated, as in Apache James.")
@Decides(Fact.AUTHENTICATED)
public final class SMTPAuthSuccessful implements Matcher {

  /** Takes nothing. */
  public SMTPAuthSuccessful() {}

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(mail.client().login().isPresent());
  }
}
