package dev.postrider.mailet.standard;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Terminal;

/** Drops the mail. */
@Doc("Drops the mail: nobody is told, the ledger keeps the reason.")
@Terminal
@Does({})
public final class Null implements Mailet {

  private final String reason;

  /** Decides for a reason. */
  public Null(
      @Param(
              name = "reason",
              doc = "One line for the ledger and the admin.",
              defaultValue = "discarded by the pipeline")
          String reason) {
    this.reason = Notice.line(reason);
  }

  @Override
  public Outcome process(Mail mail) {
    return new Outcome.Discard(reason);
  }
}
