package dev.postrider.mailet.standard;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Everything;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Recipient;
import java.util.Set;

/** Matches every recipient. */
@Doc("Matches every recipient of every mail.")
@Everything
public final class All implements Matcher {

  /** Takes nothing. */
  public All() {}

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.all();
  }
}
