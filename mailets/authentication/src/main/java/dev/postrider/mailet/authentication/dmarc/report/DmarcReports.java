package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.mailet.authentication.dmarc.Destinations;
import dev.postrider.mailet.authentication.lookup.Lookups;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Scheduled;
import dev.postrider.plugin.Text;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.Outbox;
import dev.postrider.plugin.service.PluginState;
import dev.postrider.plugin.service.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Tells domains what came in their name (RFC 9990). Every mail is counted in the plugin's state;
 * when a period is over, its reports are made one by one. What is counted for a report goes in the
 * step in which the report is spooled, so that a crash neither loses nor doubles it.
 */
@Doc(
    "Counts mails for the aggregate reports that domains ask for in their DMARC policies, and sends"
        + " the reports about a day when it is over. Stands behind Dmarc, and in the processor of"
        + " refused mail too.")
@Does({})
public final class DmarcReports implements Mailet, Scheduled {

  // Others' clocks, and mails whose run took long.
  private static final Duration AFTER_THE_END = Duration.ofMinutes(30);

  private final Dns dns;
  private final InstantSource clock;
  private final ServerName server;
  private final DirectoryView directory;
  private final Outbox outbox;
  private final System.Logger log;
  private final Counts counts;
  private final Optional<EmailAddress> from;
  private final Duration every;
  private final Duration late;

  /** Counts and reports. */
  public DmarcReports(
      Dns dns,
      InstantSource clock,
      ServerName server,
      DirectoryView directory,
      PluginState state,
      Outbox outbox,
      System.Logger log,
      @Param(
              name = "from",
              doc =
                  "The From of reports: whom their readers can ask. Where it is missing, postmaster"
                      + " at the domain of this server that its host name belongs to.")
          Optional<EmailAddress> from,
      @Param(
              name = "every",
              doc = "Each entry sends one report in this time at most.",
              defaultValue = "10s")
          Duration every,
      @Param(
              name = "period",
              doc =
                  "What one report is about; all of it begins at midnight (UTC). Receivers expect a"
                      + " day.",
              defaultValue = "1d")
          Duration period) {
    if (period.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a period below one second can't be reported");
    }
    this.dns = dns;
    this.clock = clock;
    this.server = server;
    this.directory = directory;
    this.outbox = outbox;
    this.log = log;
    this.counts = new Counts(state, period);
    this.from = from;
    this.every = every;
    this.late = Collections.min(List.of(AFTER_THE_END, period));
  }

  @Override
  public Outcome process(Mail mail) {
    try {
      Judged.of(mail).ifPresent(judged -> counts.add(mail.receivedAt(), judged));
    } catch (PluginState.Unavailable e) {
      // A report is not worth a mail.
      log.log(
          System.Logger.Level.WARNING,
          () -> "mail " + mail.id() + " is not counted for DMARC reports: " + e.getMessage());
    }
    return Outcome.next(mail);
  }

  @Override
  public Duration every() {
    return every;
  }

  @Override
  public void turn() {
    Instant now = clock.instant();
    Optional<Counts.Period> over = counts.over(now.minus(late));
    if (over.isPresent()) {
      // Where a late mail was counted meanwhile, the next turn has it too.
      outbox.send(reports(over.get(), now), over.get().kept());
    }
  }

  List<Mail> reports(Counts.Period period, Instant now) {
    String domain = period.published().getOrDefault("domain", "");
    String id = ReportId.of(period.begin().toString(), domain, period.rows());
    String name = server.name();
    EmailAddress sender = from.orElseGet(this::postmaster);
    byte[] report = ReportMail.compress(ReportXml.of(period, name, sender.toString(), id));
    ReportMail mail =
        new ReportMail(
            domain,
            name,
            sender,
            id,
            period.begin(),
            period.end(),
            Base64.getMimeEncoder().encodeToString(report));
    // A report without rows is none (RFC 9990 §3.1.1.2).
    if (period.rows().isEmpty()) {
      return List.of();
    }
    if (report.length > ReportMail.LARGEST) {
      log.log(
          System.Logger.Level.WARNING,
          () ->
              "the DMARC report about "
                  + Text.shown(domain)
                  + " is not sent: it has "
                  + report.length
                  + " octets, more than many servers take");
      return List.of();
    }
    String rua = period.published().getOrDefault("rua", "");
    Destinations destinations = new Destinations(Lookups.patient(dns, clock));
    return new Addressees(destinations, log)
        .of(domain, rua).stream().map(each -> mail.to(each, now)).toList();
  }

  private EmailAddress postmaster() {
    String host = server.name();
    String domain = host;
    while (!directory.isLocalDomain(domain) && domain.indexOf('.') > 0) {
      domain = domain.substring(domain.indexOf('.') + 1);
    }
    return new EmailAddress("postmaster", directory.isLocalDomain(domain) ? domain : host);
  }
}
