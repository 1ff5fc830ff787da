package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A report as a mail (RFC 9990 §3.5.2). It has no sender, so that nothing ever comes back.
 *
 * @param domain whose policy it is about
 * @param server who reports
 * @param from whom to ask about it
 * @param id of the report, letters and digits: the same in the subject, the file's name and the XML
 *     (§3.1.4)
 * @param begin of what it is about
 * @param end of that
 * @param encoded the report, compressed, in base64 of MIME
 */
record ReportMail(
    String domain,
    String server,
    EmailAddress from,
    String id,
    Instant begin,
    Instant end,
    String encoded) {

  /** Octets of a compressed report that many servers would not take any more. */
  static final int LARGEST = 10 << 20;

  /** The XML, compressed. */
  static byte[] compress(String xml) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(xml.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("octets on the heap can't fail to be written", e);
    }
    return out.toByteArray();
  }

  /** The mail to one address. */
  Mail to(EmailAddress address, Instant now) {
    Envelope envelope = Envelope.of(ReversePath.NULL, List.of(Recipient.of(address)));
    return new Mail(
        "", Stage.MESSAGE, Client.local(), envelope, message(address, now), Map.of(), now);
  }

  private Message message(EmailAddress address, Instant now) {
    String boundary = "report-" + Long.toString(begin.getEpochSecond(), 36);
    String name =
        server
            + "!"
            + domain
            + "!"
            + begin.getEpochSecond()
            + "!"
            + (end.getEpochSecond() - 1)
            + "!"
            + id
            + ".xml.gz";
    Headers headers =
        new Headers(
            List.of(
                HeaderField.of("From", "<" + from + ">"),
                HeaderField.of("To", "<" + address + ">"),
                HeaderField.of(
                    "Date",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC))),
                HeaderField.of(
                    "Message-ID",
                    "<" + id + "." + (address.hashCode() & 0xffff) + "@" + server + ">"),
                HeaderField.of(
                    "Subject",
                    "Report Domain: "
                        + domain
                        + " Submitter: "
                        + server
                        + " Report-ID: <"
                        + id
                        + ">"),
                HeaderField.of("Auto-Submitted", "auto-generated"),
                HeaderField.of("MIME-Version", "1.0"),
                HeaderField.of("Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"")));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(headers.octets());
    line(out, "");
    line(out, "--" + boundary);
    line(out, "Content-Type: text/plain; charset=us-ascii");
    line(out, "");
    line(out, "This is an aggregate report (RFC 9990) about mail that says to be from " + domain);
    line(out, "and came to " + server + ".");
    line(out, "");
    line(out, "--" + boundary);
    line(out, "Content-Type: application/gzip");
    line(out, "Content-Transfer-Encoding: base64");
    line(out, "Content-Disposition: attachment;");
    line(out, " filename=\"" + name + "\"");
    line(out, "");
    line(out, encoded);
    line(out, "--" + boundary + "--");
    return Message.of(out.toByteArray());
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
