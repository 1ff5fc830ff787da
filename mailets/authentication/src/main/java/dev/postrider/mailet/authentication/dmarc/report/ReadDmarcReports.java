package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Text;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;

/** Sums up in the log what other servers report about own domains. */
@Doc(
    "Sums up in the log the aggregate reports of DMARC that a mail brings; the mail goes on as it"
        + " is. For the address that own policies name in rua.")
@Does({})
public final class ReadDmarcReports implements Mailet {

  private static final int SHOWN = 10;

  private final System.Logger log;

  /** Tells the log. */
  public ReadDmarcReports(System.Logger log) {
    this.log = log;
  }

  @Override
  public Outcome process(Mail mail) {
    try {
      for (byte[] each : Attachments.of(mail.message())) {
        String summary = summary(ReceivedReport.read(Unpacked.of(each)));
        log.log(System.Logger.Level.INFO, () -> "mail " + mail.id() + ": " + summary);
      }
    } catch (IOException e) {
      log.log(
          System.Logger.Level.INFO,
          () -> "mail " + mail.id() + " brings no DMARC report: " + e.getMessage());
    }
    return Outcome.next(mail);
  }

  private static String summary(ReceivedReport report) {
    String failed =
        report.failed().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(SHOWN)
            .map(each -> Text.shown(each.getKey()) + " " + each.getValue())
            .collect(Collectors.joining(", "));
    return "DMARC report of "
        + Text.shown(report.organization())
        + " about "
        + Text.shown(report.domain())
        + " for "
        + LocalDate.ofInstant(
            Instant.ofEpochSecond(Math.clamp(report.begin(), 0, 253_402_300_799L)), ZoneOffset.UTC)
        + ": "
        + report.mails()
        + " mails, "
        + report.passed()
        + " passed"
        + (failed.isEmpty() ? "" : "; failed by address: " + failed);
  }
}
