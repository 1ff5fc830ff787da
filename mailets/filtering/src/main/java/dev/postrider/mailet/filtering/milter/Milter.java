package dev.postrider.mailet.filtering.milter;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.daemon.DaemonAddress;
import dev.postrider.mailet.filtering.daemon.Dial;
import dev.postrider.mailet.filtering.daemon.Gate;
import dev.postrider.mailet.filtering.daemon.Terms;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Stage;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.Elsewhere;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has a milter (a mail filter as Sendmail and Postfix know it) judge a mail. In a session processor
 * it is told just the phases until there; in all others the whole mail. Its changes are made when
 * its verdict has arrived as a whole, and not at all where one of them can't be made.
 *
 * <p>It carries no {@code @Does}: a milter may add recipients that it takes from the mail, and then
 * nothing can be promised of where the mail goes. Whoever knows the milter says it in the pipeline.
 */
@Doc(
    "Has a milter judge the mail and change it: rspamd, OpenDKIM, ClamAV and others that work with"
        + " Sendmail or Postfix. In a session processor the milter is told only what is known by"
        + " then.")
public final class Milter implements Mailet {

  private final Elsewhere elsewhere;
  private final System.Logger log;
  private final DaemonAddress address;
  private final MilterClient client;
  private final Gate gate;
  private final Terms terms;

  /**
   * Asks a milter.
   *
   * @throws IllegalArgumentException when a parameter is out of range
   */
  public Milter(
      Dns dns,
      Elsewhere elsewhere,
      InstantSource clock,
      System.Logger log,
      @Param(
              name = "address",
              doc =
                  "Where the milter listens: inet:127.0.0.1:11332, inet:[::1]:8891 or"
                      + " unix:/run/opendkim/opendkim.sock.")
          DaemonAddress address,
      @Param(
              name = "connectTimeout",
              doc = "For the connection, and again for the negotiation.",
              defaultValue = "2s")
          Duration connectTimeout,
      @Param(
              name = "commandTimeout",
              doc = "For the answer to each phase but the last.",
              defaultValue = "5s")
          Duration commandTimeout,
      @Param(
              name = "contentTimeout",
              doc =
                  "For the answer to the end of the message. When the milter says that it is still"
                      + " busy, the time starts anew.",
              defaultValue = "8s")
          Duration contentTimeout,
      @Param(
              name = "maxBody",
              doc = "The most that a milter may put in the place of the body; 64m at most.",
              defaultValue = "16m")
          ByteSize maxBody,
      @Param(
              name = "hostName",
              doc =
                  "What the server calls itself, for the macro j; not sent where it is not given.")
          Optional<String> hostName,
      Terms terms) {
    if (maxBody.octets() > 64L << 20) {
      throw new IllegalArgumentException("maxBody is 64m at most, not " + maxBody);
    }
    this.elsewhere = elsewhere;
    this.log = log;
    this.address = address;
    this.gate = new Gate(terms, clock);
    this.terms = terms;
    this.client =
        new MilterClient(
            new Dial(address, dns, connectTimeout),
            new Limits(commandTimeout, contentTimeout, maxBody.octets(), hostName));
  }

  @Override
  public Outcome process(Mail mail) {
    try {
      JudgedText text = new JudgedText(mail);
      MilterClient.Judged judged =
          elsewhere.ask(
              "milter " + address,
              () -> gate.through(left -> client.judge(mail, left)),
              text::write,
              text::read);
      return switch (judged.verdict()) {
        case Verdict.Refuse(var status) -> new Outcome.Refuse(status);
        case Verdict.Discard _ when mail.stage() == Stage.MESSAGE ->
            new Outcome.Discard("the milter " + address + " discarded it");
        // Nothing can be discarded yet; asked again with the message, the milter will say so again.
        case Verdict.Discard _ -> Outcome.next(mail);
        case Verdict.Pass pass -> passed(mail, pass, judged.agreement());
      };
    } catch (IOException | IllegalArgumentException e) {
      String reason = OnFailure.reason("the milter " + address, e);
      log.log(System.Logger.Level.WARNING, () -> "mail " + mail.id() + ": " + reason);
      return terms.onFailure().outcome(mail, reason);
    }
  }

  private Outcome passed(Mail mail, Verdict.Pass pass, Agreement agreement) {
    Optional<Status> notYet =
        pass.refused().values().stream().filter(Status::isTemporary).findFirst();
    if (notYet.isPresent()) {
      // A mail is not taken for some recipients only; later all of it is looked at again.
      return new Outcome.Refuse(notYet.get());
    }
    if (pass.changes().quarantine().isPresent()) {
      return new Outcome.Hold(
          OnFailure.oneLine(
              "quarantined by the milter " + address + ": " + pass.changes().quarantine().get()));
    }
    Mail changed = Rewrite.apply(mail, pass.changes(), agreement);
    List<Recipient> left =
        changed.recipients().stream().filter(each -> !pass.refused().containsKey(each)).toList();
    List<Effect> bounces = bounces(mail, pass.refused());
    if (left.isEmpty() && bounces.isEmpty()) {
      return new Outcome.Discard("the milter " + address + " removed all recipients");
    }
    return new Outcome.Continue(
        left.equals(changed.recipients()) ? changed : changed.withRecipients(left), bounces);
  }

  private static List<Effect> bounces(Mail mail, Map<Recipient, Status> refused) {
    Map<Status, List<Recipient>> byStatus = new LinkedHashMap<>();
    refused.forEach(
        (recipient, status) ->
            byStatus.computeIfAbsent(status, _ -> new ArrayList<>()).add(recipient));
    List<Effect> bounces = new ArrayList<>();
    byStatus.forEach(
        (status, recipients) ->
            bounces.add(new Effect.Bounce(mail.withRecipients(recipients), status)));
    return bounces;
  }
}
