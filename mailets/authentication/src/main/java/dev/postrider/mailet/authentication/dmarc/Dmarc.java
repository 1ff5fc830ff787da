package dev.postrider.mailet.authentication.dmarc;

import dev.postrider.mailet.authentication.lookup.Lookups;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.mailet.authentication.sender.Author;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.Text;
import dev.postrider.plugin.service.Dns;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the author's domain stands behind a mail, and what it wants where not (RFC 9989). */
@Doc(
    "Asks the policy of the author's domain what shall become of a mail for which neither SPF nor"
        + " DKIM proves that domain, and notes it. Stands behind Spf, Dkim and Arc.")
@Does(Action.SET_ANY_ATTRIBUTE)
public final class Dmarc implements Mailet {

  /**
   * The attribute that says what shall happen: {@code none}, {@code quarantine}, {@code reject}.
   */
  public static final String DISPOSITION = "dmarc.disposition";

  /** The attribute that says why less is done than the domain wants. */
  public static final String OVERRIDE = "dmarc.override";

  /** The attribute that says what the domain publishes, where it wants reports. */
  public static final String PUBLISHED = "dmarc.published";

  /** The attribute from which Refuse takes its text. */
  private static final String NOTICE = "standard.notice";

  private final Dns dns;
  private final InstantSource clock;
  private final Enforcement.Rules rules;
  private final Set<String> sealers;
  private final Optional<ProcessorName> rejected;
  private final Optional<ProcessorName> quarantined;

  /** Applies policies as far as the admin allows. */
  public Dmarc(
      Dns dns,
      InstantSource clock,
      @Param(
              name = "enforce",
              doc =
                  "The strongest thing that is done, whatever a domain wants: none, quarantine or"
                      + " reject.",
              defaultValue = "reject")
          Policy enforce,
      @Param(
              name = "reject",
              doc =
                  "The processor in which mail goes on that is to be refused. Where it is missing"
                      + " the mail goes on here, with the attribute dmarc.disposition=reject.")
          Optional<ProcessorName> rejected,
      @Param(
              name = "quarantine",
              doc =
                  "The processor in which suspicious mail goes on. Where it is missing the mail goes"
                      + " on here, with the attribute dmarc.disposition=quarantine.")
          Optional<ProcessorName> quarantined,
      @Param(
              name = "lists",
              doc =
                  "Domains of mailing lists, such as lists.example.org: for mail that SPF or DKIM"
                      + " shows to be theirs no policy is applied.")
          Set<String> lists,
      @Param(
              name = "trustedSealers",
              doc =
                  "Domains that hand mail on and whose ARC seal is believed: where they say that"
                      + " DMARC passed when the mail came to them, no policy is applied.")
          Set<String> trustedSealers,
      @Param(name = "exempt", doc = "Authors' domains whose policy is not applied.")
          Set<String> exempt,
      @Param(
              name = "spareLists",
              doc =
                  "Whether mail that is to be refused goes to quarantine instead, where a mailing"
                      + " list hands it on (it has a List-Id, and SPF or DKIM shows a domain): lists"
                      + " take subscribers off whose servers refuse what others wrote (RFC 9989"
                      + " §7.4).",
              defaultValue = "true")
          boolean spareLists) {
    this.dns = dns;
    this.clock = clock;
    this.rules = new Enforcement.Rules(enforce, normalised(lists), normalised(exempt), spareLists);
    this.sealers = normalised(trustedSealers);
    this.rejected = rejected;
    this.quarantined = quarantined;
  }

  private static Set<String> normalised(Set<String> domains) {
    return domains.stream().map(Domains::normalise).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Outcome process(Mail mail) {
    return switch (Author.of(mail)) {
      case Author.One(var address) when !address.domain().startsWith("[") ->
          judged(mail, address.domain());
      case Author.One _, Author.Missing _ ->
          Outcome.next(Verdicts.add(mail, MethodResult.of("dmarc", "none")));
      case Author.Unclear(var reason) ->
          Outcome.next(
              Verdicts.add(mail, MethodResult.of("dmarc", "permerror").withReason(reason)));
    };
  }

  private Outcome judged(Mail mail, String author) {
    Lookups lookups = Lookups.deciding(dns, clock, mail);
    List<MethodResult> results = Verdicts.of(mail);
    Proven proven = Proven.of(mail, results);
    DmarcAnswer answer = new DmarcCheck(lookups).check(author, proven);
    Enforcement done =
        Enforcement.of(
            answer,
            author,
            proven,
            rules,
            Seal.vouches(mail, results, author, sealers),
            proven.isByKnown() && mail.message().headers().contains("List-Id"));
    Mail noted =
        Verdicts.add(lookups.noted(mail), result(author, answer, done))
            .withAttribute(DISPOSITION, done.disposition().word());
    if (done.override().isPresent()) {
      noted = noted.withAttribute(OVERRIDE, done.override().get().word());
    }
    Optional<String> published = PublishedPolicy.of(answer);
    if (published.isPresent()) {
      noted = noted.withAttribute(PUBLISHED, published.get());
    }
    if (answer.result() == DmarcAnswer.Result.FAIL) {
      noted = noted.withAttribute(Mail.FORGED_SENDER, "dmarc");
    }
    return switch (done.disposition()) {
      case NONE -> Outcome.next(noted);
      case QUARANTINE -> goesOn(noted, quarantined);
      case REJECT ->
          goesOn(
              noted.withAttribute(
                  NOTICE,
                  "Refused by the DMARC policy of "
                      + Text.shown(author)
                      + ": neither SPF nor DKIM shows that it is from there"),
              rejected);
    };
  }

  private static Outcome goesOn(Mail mail, Optional<ProcessorName> processor) {
    return processor
        .<Outcome>map(name -> new Outcome.GoTo(name, mail))
        .orElseGet(() -> Outcome.next(mail));
  }

  private static MethodResult result(String author, DmarcAnswer answer, Enforcement done) {
    String override = done.override().map(reason -> " (" + reason.word() + ")").orElse("");
    MethodResult result =
        MethodResult.of("dmarc", answer.result().name().toLowerCase(Locale.ROOT))
            .withComment(answer.why() + ", dis=" + done.disposition().word() + override)
            .with("header", "from", author);
    return answer.published().isPresent() && answer.result() != DmarcAnswer.Result.PASS
        ? result.with("policy", "dmarc", answer.policy().word())
        : result;
  }
}
