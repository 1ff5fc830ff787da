package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.kernel.host.xml.Fields;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.pipeline.Arrival;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code <mail>} of a test. */
final class MailReader {

  private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.1");
  private static final long LARGEST = 16L << 20;

  private final Path folder;

  MailReader(Path folder) {
    this.folder = folder;
  }

  Arrival read(Fields mail, ReversePath sender, List<Recipient> recipients, Instant now) {
    Optional<EmailAddress> login =
        mail.value("login", Optional.empty(), text -> Optional.of(EmailAddress.parse(text)));
    boolean tls = mail.flag("tls", login.isPresent());
    String protocol = "ESMTP" + (tls ? "S" : "") + (login.isPresent() ? "A" : "");
    Client client =
        new Client(
            mail.value("client", STRANGER, InetAddress::ofLiteral),
            mail.text("helo").orElse("client.example"),
            protocol,
            mail.text("listener").orElse(login.isPresent() ? "submission" : "smtp"),
            login,
            tls);
    Map<String, String> attributes = new HashMap<>();
    for (XmlNode each : mail.children("attribute")) {
      try (Fields attribute = mail.into(each)) {
        attribute.required("name").ifPresent(name -> attributes.put(name, each.text()));
      }
    }
    Message message = message(mail, sender, recipients, now);
    return new Arrival("test", client, sender, recipients, message, attributes, now);
  }

  private Message message(
      Fields mail, ReversePath sender, List<Recipient> recipients, Instant now) {
    Optional<String> file = mail.text("file");
    List<XmlNode> headers = mail.children("header");
    Optional<XmlNode> body = mail.child("body");
    if (file.isPresent()) {
      if (!headers.isEmpty() || body.isPresent()) {
        mail.problem("the mail has a file, and fields or a body besides", "keep one of the two");
      }
      return file(mail, file.get());
    }
    Headers fields = Headers.EMPTY;
    for (XmlNode each : headers) {
      try (Fields header = mail.into(each)) {
        fields = added(header, fields);
      }
    }
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    fields = with(fields, "From", sender.isNull() ? "postmaster@client.example" : sender + "");
    fields = with(fields, "To", recipients.getFirst() + "");
    fields = with(fields, "Date", date);
    fields = with(fields, "Message-ID", "<test@client.example>");
    String text = body.map(XmlNode::text).orElse("A test.");
    return Message.of(joined(fields, text));
  }

  private static Headers added(Fields header, Headers fields) {
    Optional<String> name = header.required("name");
    if (name.isPresent()) {
      try {
        return fields.withLast(HeaderField.of(name.get(), header.node().text()));
      } catch (IllegalArgumentException e) {
        header.problem(header.node().shown() + ": " + e.getMessage(), "");
      }
    }
    return fields;
  }

  private static Headers with(Headers fields, String name, String value) {
    return fields.contains(name) ? fields : fields.withLast(HeaderField.of(name, value));
  }

  private static byte[] joined(Headers fields, String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(fields.octets());
    String lines = text.lines().map(String::stripTrailing).reduce("", (a, b) -> a + "\r\n" + b);
    out.writeBytes((lines + "\r\n").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private Message file(Fields mail, String name) {
    try {
      Path path = folder.resolve(name);
      if (Files.size(path) > LARGEST) {
        mail.problem("the file '" + name + "' is too large for a test", "");
        return Message.none();
      }
      return Message.of(Files.readAllBytes(path));
    } catch (IOException e) {
      mail.problem(
          "the file '" + name + "' can't be read: " + e.getMessage(),
          "it is looked for in " + folder);
      return Message.none();
    }
  }
}
