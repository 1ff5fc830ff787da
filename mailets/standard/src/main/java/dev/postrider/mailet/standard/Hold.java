package dev.postrider.mailet.standard;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Terminal;

/** Holds the mail for an admin. */
@Doc("Keeps the mail in the spool until an admin releases or removes it.")
@Terminal
@Does({})
public final class Hold implements Mailet {

  private final String reason;

  /** Decides for a reason. */
  public Hold(
      @Param(
              name = "reason",
              doc = "One line for the ledger and the admin.",
              defaultValue = "held by the pipeline")
          String reason) {
    this.reason = Notice.line(reason);
  }

  @Override
  public Outcome process(Mail mail) {
    return new Outcome.Hold(reason);
  }
}
