package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Stage;
import java.util.Set;

/** Matches the null reverse path (RFC 5321 §4.5.5). */
@Doc(
    "Matches mail with the null sender: bounces and automatic replies. Before MAIL nothing matches.")
@Decides(Fact.NULL_SENDER)
public final class IsBounce implements Matcher {

  /** Takes nothing. */
  public IsBounce() {}

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(mail.stage() != Stage.CONNECT && mail.sender().isNull());
  }
}
