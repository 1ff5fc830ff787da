package dev.postrider.mailet.authentication.sender;

import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Status;

/** Sees to it that what the checks take for the author is what users see. */
@Doc(
    "Refuses mail whose author is not beyond doubt: several From fields or addresses, groups,"
        + " hidden or unreadable ones. The checks would look at another author than users see.")
@Does({Action.REFUSE, Action.SET_ANY_ATTRIBUTE})
public final class FromCheck implements Mailet {

  private final boolean refuse;
  private final boolean refuseMissing;

  /** Checks the From field. */
  public FromCheck(
      @Param(
              name = "refuse",
              doc = "Whether such a mail is refused; else it goes on with the note x-from=fail.",
              defaultValue = "true")
          boolean refuse,
      @Param(
              name = "refuseMissing",
              doc = "Whether a mail without any From field is refused too.",
              defaultValue = "true")
          boolean refuseMissing) {
    this.refuse = refuse;
    this.refuseMissing = refuseMissing;
  }

  @Override
  public Outcome process(Mail mail) {
    return switch (Author.of(mail)) {
      case Author.One _ -> Outcome.next(mail);
      case Author.Missing _ -> decided(mail, "there is no From field", refuseMissing);
      case Author.Unclear(var reason) -> decided(mail, reason, refuse);
    };
  }

  private static Outcome decided(Mail mail, String reason, boolean refuse) {
    return refuse
        ? new Outcome.Refuse(Status.permanent("5.6.0", "The author is not beyond doubt: " + reason))
        : Outcome.next(Verdicts.add(mail, MethodResult.of("x-from", "fail").withReason(reason)));
  }
}
