package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Recipient;
import java.util.Set;

/** Matches mail of peers that logged in. */
@Doc("Matches when the peer has logged in.")
@Decides(Fact.AUTHENTICATED)
public final class SenderIsAuthenticated implements Matcher {

  /** Takes nothing. */
  public SenderIsAuthenticated() {}

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(mail.client().login().isPresent());
  }
}
