package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.mailet.authentication.dmarc.Destinations;
import dev.postrider.mailet.authentication.lookup.Lookups;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.PluginState;
import dev.postrider.plugin.service.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells domains what came in their name (RFC 9990). Every mail is counted in the plugin's state;
 * the reports about a day that is over go along with the mails that come after it, one report with
 * one mail.
 */
@Doc(
    "Counts mails for the aggregate reports that domains ask for in their DMARC policies, and sends"
        + " the reports about a day that is over along with the mails after it. Stands behind Dmarc,"
        + " and in the processor of refused mail too.")
@Does({Action.EMIT, Action.SET_ANY_ATTRIBUTE})
public final class DmarcReports implements Mailet {

  // Others' clocks, and mails whose run took long.
  private static final Duration AFTER_MIDNIGHT = Duration.ofMinutes(30);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

  private final Dns dns;
  private final InstantSource clock;
  private final ServerName server;
  private final System.Logger log;
  private final Counts counts;
  private final EmailAddress from;
  private final Duration every;
  private final AtomicReference<Instant> next = new AtomicReference<>(Instant.EPOCH);

  /** Counts and reports. */
  public DmarcReports(
      Dns dns,
      InstantSource clock,
      ServerName server,
      PluginState state,
      System.Logger log,
      @Param(
              name = "from",
              doc = "The From of reports: whom their readers can ask, such as postmaster@here.")
          EmailAddress from,
      @Param(name = "every", doc = "One report is sent in this time at most.", defaultValue = "10s")
          Duration every) {
    this.dns = dns;
    this.clock = clock;
    this.server = server;
    this.log = log;
    this.counts = new Counts(state);
    this.from = from;
    this.every = every;
  }

  @Override
  public Outcome process(Mail mail) {
    try {
      LocalDate day = LocalDate.ofInstant(mail.receivedAt(), ZoneOffset.UTC);
      Judged.of(mail).ifPresent(judged -> counts.add(day, judged));
      return due(mail);
    } catch (PluginState.Unavailable e) {
      // A report is not worth a mail.
      log.log(
          System.Logger.Level.WARNING,
          () -> "mail " + mail.id() + " is not counted for DMARC reports: " + e.getMessage());
      return Outcome.next(mail);
    }
  }

  private Outcome due(Mail mail) {
    Instant now = clock.instant();
    Instant look = next.get();
    if (now.isBefore(look) || !next.compareAndSet(look, now.plus(every))) {
      return Outcome.next(mail);
    }
    LocalDate today = LocalDate.ofInstant(now.minus(AFTER_MIDNIGHT), ZoneOffset.UTC);
    Optional<Counts.Day> day = counts.takeBefore(today);
    if (day.isEmpty()) {
      next.set(now.plus(LOOK_AGAIN));
      return Outcome.next(mail);
    }
    Lookups lookups = Lookups.of(dns, clock, mail);
    List<Effect> reports = reports(day.get(), lookups, now);
    return new Outcome.Continue(lookups.noted(mail), reports);
  }

  private List<Effect> reports(Counts.Day day, Lookups lookups, Instant now) {
    String domain = day.published().getOrDefault("domain", "");
    String id = ReportId.of(day.day().toString(), domain, day.rows());
    String name = server.name();
    byte[] report = ReportMail.compress(ReportXml.of(day, name, from.toString(), id));
    ReportMail mail =
        new ReportMail(
            domain,
            name,
            from,
            id,
            day.day().atStartOfDay(ZoneOffset.UTC).toEpochSecond(),
            Base64.getMimeEncoder().encodeToString(report));
    String rua = day.published().getOrDefault("rua", "");
    List<Effect> out = new ArrayList<>();
    // A report without rows is none (RFC 9990 §3.1.1.2).
    if (!day.rows().isEmpty() && report.length <= ReportMail.LARGEST) {
      for (EmailAddress each : new Addressees(new Destinations(lookups), log).of(domain, rua)) {
        out.add(new Effect.Emit(mail.to(each, now)));
      }
    }
    return out;
  }
}
