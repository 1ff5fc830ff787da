package dev.postrider.mailet.authentication.spf;

import dev.postrider.mailet.authentication.lookup.Lookups;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.Text;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.ServerName;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Asks the domains that a mail names whether its sending host may use them (RFC 7208). */
@Doc(
    "Asks the domain of the sender (MAIL FROM), and the name in HELO, whether the sending host may"
        + " use them, and notes the results.")
@Does({Action.SET_ANY_ATTRIBUTE, Action.REFUSE, Action.DEFER})
public final class Spf implements Mailet {

  private static final int EXPLANATION = 160;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Dns dns;
  private final InstantSource clock;
  private final ServerName server;
  private final SpfCheck check;
  private final Set<SpfResult> refuse;
  private final boolean defer;

  /**
   * Checks with the limits of RFC 7208, and for this long.
   *
   * @throws IllegalArgumentException when that is not positive, or over a minute
   */
  public Spf(
      Dns dns,
      InstantSource clock,
      ServerName server,
      @Param(
              name = "refuse",
              doc =
                  "Results for the sender for which a mail is refused, such as fail, permerror; none"
                      + " where it is missing, so that a later entry decides.")
          Set<SpfResult> refuse,
      @Param(
              name = "defer",
              doc =
                  "Whether the sending host shall come again when the DNS does not answer; else the"
                      + " mail goes on with the note temperror.",
              defaultValue = "false")
          boolean defer,
      @Param(
              name = "deadline",
              doc =
                  "For the lookups of each of the two. RFC 7208 asks for 20s; less than the"
                      + " step-deadline in conf/postrider.xml.",
              defaultValue = "4s")
          Duration deadline) {
    if (!deadline.isPositive() || deadline.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("deadline is a time like 4s, and 1m at most");
    }
    this.dns = dns;
    this.clock = clock;
    this.server = server;
    this.check = new SpfCheck(deadline, clock);
    this.refuse = Set.copyOf(refuse);
    this.defer = defer;
  }

  @Override
  public Outcome process(Mail mail) {
    InetAddress client = mail.client().address();
    String helo = mail.client().helo();
    String receiver = server.name();
    Lookups lookups = Lookups.of(dns, clock, mail);
    SpfIdentity ofHelo = SpfIdentity.ofHelo(client, helo, receiver);
    if (mail.sender().isNull()) {
      SpfAnswer answer = check.check(lookups, ofHelo);
      Mail noted = Verdicts.add(lookups.noted(mail), result(answer, client, "helo", helo));
      return decided(noted, answer, ofHelo);
    }
    EmailAddress sender = mail.sender().address().orElseThrow();
    SpfIdentity ofSender =
        new SpfIdentity(client, sender.localPart(), sender.domain(), helo, receiver);
    SpfAnswer answer = check.check(lookups, ofSender);
    Mail noted = Verdicts.add(mail, result(answer, client, "mailfrom", sender.toString()));
    if (SpfIdentity.isDomain(helo)) {
      noted = Verdicts.add(noted, result(check.check(lookups, ofHelo), client, "helo", helo));
    }
    Mail judged =
        switch (answer.result()) {
          case PASS -> noted.withAttribute(Mail.PROVEN_SENDER, "spf");
          case FAIL -> noted.withAttribute(Mail.FORGED_SENDER, "spf");
          case NONE, NEUTRAL, SOFTFAIL, TEMPERROR, PERMERROR -> noted;
        };
    return decided(lookups.noted(judged), answer, ofSender);
  }

  private Outcome decided(Mail mail, SpfAnswer answer, SpfIdentity identity) {
    if (defer && answer.result() == SpfResult.TEMPERROR) {
      return new Outcome.Defer("the SPF policy of " + Text.shown(identity.domain()) + ": DNS");
    }
    if (!refuse.contains(answer.result())) {
      return Outcome.next(mail);
    }
    String client = identity.client().getHostAddress();
    String told =
        "SPF: "
            + client
            + " may not send for "
            + Text.shown(identity.domain())
            + answer
                .explanation()
                .map(text -> " (" + text.substring(0, Math.min(EXPLANATION, text.length())) + ")")
                .orElse("");
    // RFC 7372 §3.2.
    return new Outcome.Refuse(
        switch (answer.result()) {
          case PERMERROR ->
              Status.permanent(
                  "5.7.24", "SPF: the policy of " + Text.shown(identity.domain()) + " is broken");
          case TEMPERROR ->
              Status.temporary(
                  "4.7.24",
                  "SPF: the policy of " + Text.shown(identity.domain()) + " can't be looked up");
          case NONE, NEUTRAL, PASS, FAIL, SOFTFAIL -> Status.permanent("5.7.23", told);
        });
  }

  private static MethodResult result(
      SpfAnswer answer, InetAddress client, String property, String value) {
    return MethodResult.of("spf", answer.result().word())
        .withComment(client.getHostAddress() + ": " + answer.why())
        .with("smtp", property, value);
  }
}
