package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Stage;
import java.util.Set;

/** IsBounce under the name that Apache James has for it. */
@Doc("Another name for IsBounce, as in Apache James.")
@Decides(Fact.NULL_SENDER)
public final class SenderIsNull implements Matcher {

  /** Takes nothing. */
  public SenderIsNull() {}

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(mail.stage() != Stage.CONNECT && mail.sender().isNull());
  }
}
