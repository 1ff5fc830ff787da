package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.mailet.authentication.sender.Author;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Text;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.PluginState;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps what other servers report about own domains, and sums it up in the log. */
@Doc(
    "Sums up in the log the aggregate reports of DMARC that a mail brings, and keeps those about"
        + " domains of this server for 'postrider dmarc reports'; the mail goes on as it is. For"
        + " the address that own policies name in rua; put it behind Dmarc, so that what is made up"
        + " can be told from what is not.")
@Does({})
public final class ReadDmarcReports implements Mailet {

  private static final int SHOWN = 10;
  private static final int LABELS = 10;

  private final System.Logger log;
  private final DirectoryView directory;
  private final Archive archive;

  /** Keeps them in the plugin's state. */
  public ReadDmarcReports(System.Logger log, DirectoryView directory, PluginState state) {
    this.log = log;
    this.directory = directory;
    this.archive = new Archive(state);
  }

  @Override
  public Outcome process(Mail mail) {
    try {
      for (byte[] each : Attachments.of(mail.message())) {
        ReceivedReport report = ReceivedReport.read(Unpacked.of(each));
        String summary = summary(report);
        log.log(System.Logger.Level.INFO, () -> "mail " + mail.id() + ": " + summary);
        keep(mail, report);
      }
    } catch (PluginState.Unavailable e) {
      log.log(
          System.Logger.Level.WARNING,
          () -> "the DMARC reports of mail " + mail.id() + " are not kept: " + e.getMessage());
    } catch (IOException e) {
      log.log(
          System.Logger.Level.INFO,
          () -> "mail " + mail.id() + " brings no DMARC report: " + e.getMessage());
    }
    return Outcome.next(mail);
  }

  private void keep(Mail mail, ReceivedReport report) {
    if (isOurs(report.domain())) {
      Optional<String> reporter = Author.of(mail).certain().map(EmailAddress::domain);
      boolean proven =
          Verdicts.of(mail, "dmarc").stream().anyMatch(each -> each.result().equals("pass"));
      archive.add(report, reporter.orElse(""), proven && reporter.isPresent(), mail.receivedAt());
    }
  }

  private boolean isOurs(String domain) {
    return Stream.iterate(
            domain.toLowerCase(Locale.ROOT),
            each -> !each.isEmpty(),
            each ->
                each.substring(each.indexOf('.') + 1 == 0 ? each.length() : each.indexOf('.') + 1))
        .limit(LABELS)
        .anyMatch(directory::isLocalDomain);
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
