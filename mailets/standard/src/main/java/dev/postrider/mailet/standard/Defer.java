package dev.postrider.mailet.standard;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Terminal;

/** Puts the decision off. */
@Doc(
    "Runs the pipeline again later for these recipients; in a session the peer is told to try again.")
@Terminal
@Does(Action.DEFER)
public final class Defer implements Mailet {

  private final String reason;

  /** Decides for a reason. */
  public Defer(
      @Param(
              name = "reason",
              doc = "One line for the ledger and the admin.",
              defaultValue = "deferred by the pipeline")
          String reason) {
    this.reason = Notice.line(reason);
  }

  @Override
  public Outcome process(Mail mail) {
    return new Outcome.Defer(reason);
  }
}
