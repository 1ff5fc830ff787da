package dev.postrider.mailet.authentication.sender;

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
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Whether the sender could get an answer: its domain takes mail (RFC 5321 §5.1, RFC 7505). */
@Doc(
    "Refuses mail from a sender whose domain does not exist, has neither mail exchanger nor"
        + " address, or says that it takes no mail (null MX). Nobody is called back.")
@Does({Action.SET_ANY_ATTRIBUTE, Action.REFUSE, Action.DEFER})
public final class SenderDomain implements Mailet {

  private final Dns dns;
  private final InstantSource clock;
  private final DirectoryView directory;
  private final boolean refuse;
  private final boolean defer;

  /** Checks the domain of MAIL FROM. */
  public SenderDomain(
      Dns dns,
      InstantSource clock,
      DirectoryView directory,
      @Param(
              name = "refuse",
              doc =
                  "Whether such a mail is refused; else it goes on with the note"
                      + " x-sender-domain=fail.",
              defaultValue = "true")
          boolean refuse,
      @Param(
              name = "defer",
              doc =
                  "Whether the sending host shall come again when the DNS does not answer; else the"
                      + " mail goes on.",
              defaultValue = "false")
          boolean defer) {
    this.dns = dns;
    this.clock = clock;
    this.directory = directory;
    this.refuse = refuse;
    this.defer = defer;
  }

  /** What is known of a domain. */
  private enum Known {
    USABLE,
    TAKES_NO_MAIL,
    MISSING,
    SILENT
  }

  @Override
  public Outcome process(Mail mail) {
    Optional<String> domain =
        mail.sender()
            .address()
            .map(EmailAddress::domain)
            .filter(name -> !name.startsWith("[") && !directory.isLocalDomain(name));
    if (domain.isEmpty()) {
      return Outcome.next(mail);
    }
    Lookups lookups = Lookups.of(dns, clock, mail);
    Known known = known(domain.get(), lookups);
    Mail noted = lookups.noted(mail);
    String shown = Text.shown(domain.get());
    return switch (known) {
      case USABLE -> Outcome.next(noted);
      case SILENT ->
          defer
              ? new Outcome.Defer("the sender's domain " + shown + " can't be looked up")
              : Outcome.next(noted(noted, "temperror", domain.get()));
      case MISSING -> decided(noted, domain.get(), "5.1.8", shown + " has no mail server");
      case TAKES_NO_MAIL -> decided(noted, domain.get(), "5.7.27", shown + " takes no mail");
    };
  }

  private Outcome decided(Mail mail, String domain, String status, String reason) {
    return refuse
        ? new Outcome.Refuse(Status.permanent(status, "The sender could get no answer: " + reason))
        : Outcome.next(noted(mail, "fail", domain));
  }

  private static Mail noted(Mail mail, String result, String domain) {
    return Verdicts.add(
        mail, MethodResult.of("x-sender-domain", result).with("smtp", "mailfrom", domain));
  }

  private static Known known(String domain, Lookups lookups) {
    return switch (lookups.mx(domain)) {
      case DnsAnswer.Found<MxRecord>(var records, var _) ->
          isNull(records) ? Known.TAKES_NO_MAIL : Known.USABLE;
      case DnsAnswer.NoSuchName<MxRecord> _ -> Known.MISSING;
      case DnsAnswer.NoData<MxRecord> _ -> byAddress(domain, lookups);
      case DnsAnswer.Failed<MxRecord> _ -> Known.SILENT;
    };
  }

  private static boolean isNull(List<MxRecord> records) {
    return records.stream().allMatch(each -> each.host().isEmpty());
  }

  private static Known byAddress(String domain, Lookups lookups) {
    return switch (lookups.addresses(domain)) {
      case DnsAnswer.Found<InetAddress> _ -> Known.USABLE;
      case DnsAnswer.NoData<InetAddress> _, DnsAnswer.NoSuchName<InetAddress> _ -> Known.MISSING;
      case DnsAnswer.Failed<InetAddress> _ -> Known.SILENT;
    };
  }
}
