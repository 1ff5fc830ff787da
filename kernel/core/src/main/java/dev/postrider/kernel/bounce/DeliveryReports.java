package dev.postrider.kernel.bounce;

import dev.postrider.kernel.bounce.BounceRequest.Failed;
import dev.postrider.kernel.bounce.BounceRequest.Kind;
import dev.postrider.kernel.port.Ids;
import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReturnContent;
import dev.postrider.plugin.ReversePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes delivery status notifications: a multipart/report (RFC 3462) with a part for people, one
 * for machines (RFC 3464) and the mail or its header. Where the sender uses SMTPUTF8, the report
 * does too (RFC 6533).
 *
 * <p>Thread: virtual threads; reading the mail may block. A report never holds the mail on the
 * heap.
 */
public final class DeliveryReports implements Reports {

  private final String hostName;
  private final InstantSource clock;
  private final Ids ids;
  private final int fullLimit;

  /**
   * Reports of this host.
   *
   * @param hostName the Reporting-MTA
   * @param clock for the dates
   * @param ids for message ids and boundaries; must not be guessable
   * @param fullLimit mails of more octets than this go back without their body
   */
  public DeliveryReports(String hostName, InstantSource clock, Ids ids, int fullLimit) {
    this.hostName = hostName;
    this.clock = clock;
    this.ids = ids;
    this.fullLimit = fullLimit;
  }

  /** With mails of up to 256 KiB returned in full. */
  public DeliveryReports(String hostName, InstantSource clock, Ids ids) {
    this(hostName, clock, ids, 256 * 1024);
  }

  /**
   * The report, or none: the null sender gets none (RFC 5321 §6.1), nor does a sender who did not
   * ask to be told this about any of the recipients (RFC 3461 §4.1).
   *
   * @throws UncheckedIOException when the mail can't be read
   */
  @Override
  public Optional<NewMail> report(BounceRequest request) {
    Optional<EmailAddress> sender = request.envelope().sender().address();
    List<Failed> told =
        request.recipients().stream().filter(one -> wanted(one, request.kind())).toList();
    if (sender.isEmpty() || told.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(write(request, sender.get(), told));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the mail " + request.mailId() + " can't be read for the report about it", e);
    }
  }

  // Who did not say anything hears of failures and delays (RFC 3461 §5.2.2 leaves the latter open).
  private static boolean wanted(Failed one, Kind kind) {
    Recipient recipient = one.recipient();
    return switch (kind) {
      case FAILED -> recipient.wants(Notify.FAILURE);
      case DELAYED -> recipient.notifyOn().isEmpty() || recipient.wants(Notify.DELAY);
      case DELIVERED, RELAYED -> recipient.wants(Notify.SUCCESS);
    };
  }

  private NewMail write(BounceRequest request, EmailAddress sender, List<Failed> told)
      throws IOException {
    boolean utf8 = request.envelope().smtpUtf8() || sender.needsUtf8();
    Instant now = clock.instant();
    String boundary = "=_" + ids.next();
    Headers original = Message.read(request.message()).headers();
    ReturnedPart returned = ReturnedPart.of(request, original, fullLimit, utf8);
    ReportText out = new ReportText(utf8);
    header(out, request, sender, original, boundary, returned, now);
    out.line("--" + boundary);
    new HumanPart(hostName, request, told).writeTo(out);
    out.line("--" + boundary);
    new StatusPart(hostName, request, told, now).writeTo(out);
    out.line("--" + boundary);
    returned.writeHeaderTo(out);
    Envelope envelope =
        new Envelope(
            ReversePath.NULL,
            List.of(new Recipient(sender, Set.of(Notify.NEVER), Optional.empty())),
            Optional.empty(),
            ReturnContent.UNSTATED,
            utf8 || returned.eightBit() ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT,
            utf8);
    byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(ReportText.ASCII);
    return new NewMail(
        envelope, new JoinedContent(List.of(out.content(), returned.content(), Content.of(end))));
  }

  private void header(
      ReportText out,
      BounceRequest request,
      EmailAddress sender,
      Headers original,
      String boundary,
      ReturnedPart returned,
      Instant now) {
    out.field("From", "Mail Delivery System <MAILER-DAEMON@" + hostName + ">");
    out.field("To", "<" + out.address(sender) + ">");
    out.field("Subject", subject(request.kind()));
    out.field("Date", ReportText.date(now));
    out.field("Message-ID", "<" + ids.next() + "@" + hostName + ">");
    original
        .first("Message-ID")
        .map(field -> field.value())
        .filter(DeliveryReports::isMessageId)
        .ifPresent(
            id -> {
              out.field("In-Reply-To", id);
              out.field("References", id);
            });
    out.field("Auto-Submitted", "auto-replied");
    out.field("MIME-Version", "1.0");
    out.line("Content-Type: multipart/report; report-type=delivery-status;");
    out.line("\tboundary=\"" + boundary + "\"");
    if (out.utf8() || returned.eightBit()) {
      out.field("Content-Transfer-Encoding", "8bit");
    }
    out.line("");
  }

  private static String subject(Kind kind) {
    return switch (kind) {
      case FAILED -> "Your mail could not be delivered";
      case DELAYED -> "Your mail is delayed";
      case DELIVERED -> "Your mail was delivered";
      case RELAYED -> "Your mail was handed on";
    };
  }

  private static boolean isMessageId(String text) {
    return text.length() <= 250 && text.matches("<[!-;=?-~]+>");
  }
}
