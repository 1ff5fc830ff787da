package dev.postrider.plugin.testkit;

import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReturnContent;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Stage;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes mails for tests. What is not said is an ordinary mail: {@code alice@example.org} writes to
 * {@code bob@example.test} from 192.0.2.1 over ESMTP, at stage MESSAGE. Not thread-safe; {@link
 * #build} may be called several times.
 */
public final class MailBuilder {

  private String id = "mail-1";
  private Stage stage = Stage.MESSAGE;
  private InetAddress address = InetAddress.ofLiteral("192.0.2.1");
  private String helo = "client.example.org";
  private String protocol = "ESMTP";
  private String listener = "smtp";
  private Optional<EmailAddress> login = Optional.empty();
  private boolean tls;
  private ReversePath sender = ReversePath.parse("alice@example.org");
  private final List<Recipient> recipients = new ArrayList<>();
  private Optional<String> envelopeId = Optional.empty();
  private ReturnContent returnContent = ReturnContent.UNSTATED;
  private BodyType bodyType = BodyType.SEVEN_BIT;
  private boolean smtpUtf8;
  private Optional<Message> message = Optional.empty();
  private final MessageText text = new MessageText();
  private final Map<String, String> attributes = new HashMap<>();
  private Instant receivedAt = Instant.parse("2026-11-23T12:00:00Z");

  private MailBuilder() {}

  /** A builder for an ordinary mail. */
  public static MailBuilder aMail() {
    return new MailBuilder();
  }

  /** The id. */
  public MailBuilder id(String value) {
    id = value;
    return this;
  }

  /** When it came in; 2026-11-23T12:00:00Z unless said. */
  public MailBuilder receivedAt(Instant value) {
    receivedAt = value;
    return this;
  }

  /** The reverse path: an address, or the empty string for the null path. */
  public MailBuilder from(String value) {
    sender = ReversePath.parse(value);
    return this;
  }

  /** The null reverse path, as bounces have it. */
  public MailBuilder fromNobody() {
    return from("");
  }

  /** More recipients without special wishes. */
  public MailBuilder to(String... addresses) {
    for (String each : addresses) {
      recipients.add(Recipient.of(EmailAddress.parse(each)));
    }
    return this;
  }

  /** One more recipient with delivery status wishes (RFC 3461). */
  public MailBuilder toNotifying(String recipient, Notify... wishes) {
    recipients.add(new Recipient(EmailAddress.parse(recipient), Set.of(wishes), Optional.empty()));
    return this;
  }

  /** One more recipient. */
  public MailBuilder to(Recipient recipient) {
    recipients.add(recipient);
    return this;
  }

  /** The {@code ENVID}. */
  public MailBuilder envelopeId(String value) {
    envelopeId = Optional.of(value);
    return this;
  }

  /** The {@code RET}. */
  public MailBuilder returning(ReturnContent value) {
    returnContent = value;
    return this;
  }

  /** The {@code BODY}. */
  public MailBuilder bodyType(BodyType value) {
    bodyType = value;
    return this;
  }

  /** Declared as SMTPUTF8. */
  public MailBuilder smtpUtf8() {
    smtpUtf8 = true;
    return this;
  }

  /** The peer's IP address. */
  public MailBuilder client(String ipAddress) {
    address = InetAddress.ofLiteral(ipAddress);
    return this;
  }

  /** The name in EHLO. */
  public MailBuilder helo(String value) {
    helo = value;
    return this;
  }

  /** The protocol as in Received. */
  public MailBuilder protocol(String value) {
    protocol = value;
    return this;
  }

  /** The listener's name. */
  public MailBuilder listener(String value) {
    listener = value;
    return this;
  }

  /** Encrypted connection. */
  public MailBuilder tls() {
    tls = true;
    protocol = "ESMTPS";
    return this;
  }

  /** Handed in over the submission port with TLS by this account. */
  public MailBuilder loggedInAs(String account) {
    login = Optional.of(EmailAddress.parse(account));
    listener = "submission";
    tls = true;
    protocol = "ESMTPSA";
    return this;
  }

  /** One more header field, after those that are there. */
  public MailBuilder header(String name, String value) {
    text.add(HeaderField.of(name, value));
    return this;
  }

  /** One more header field in its octets, such as {@code "Subject: folded\r\n text\r\n"}. */
  public MailBuilder rawHeader(String octets) {
    text.add(HeaderField.received(octets));
    return this;
  }

  /** The subject. */
  public MailBuilder subject(String value) {
    text.replace(HeaderField.of("Subject", value));
    return this;
  }

  /** No header field but those that are added after this call. */
  public MailBuilder bareHeader() {
    text.clear();
    return this;
  }

  /** The body; line ends become CRLF. */
  public MailBuilder body(String value) {
    text.body(value);
    return this;
  }

  /** The whole message as text; line ends become CRLF. What was said of header and body is void. */
  public MailBuilder message(String value) {
    return message(Message.of(MessageText.octets(value)));
  }

  /** The whole message. What was said of header and body is void. */
  public MailBuilder message(Message value) {
    message = Optional.of(value);
    return this;
  }

  /** An attribute. */
  public MailBuilder attribute(String name, String value) {
    attributes.put(name, value);
    return this;
  }

  /** As the session processor {@code connect} sees it: no envelope, no message. */
  public Mail atConnect() {
    helo = "";
    sender = ReversePath.NULL;
    return session(Stage.CONNECT, List.of(Recipient.ANYONE));
  }

  /** As the session processor {@code sender} sees it: no recipient, no message. */
  public Mail atSender() {
    return session(Stage.SENDER, List.of(Recipient.ANYONE));
  }

  /** As the session processor {@code recipient} sees it: no message. */
  public Mail atRecipient() {
    return session(Stage.RECIPIENT, List.of(givenRecipients().getFirst()));
  }

  /** The mail. */
  public Mail build() {
    List<Recipient> to = givenRecipients();
    return mail(to, message.orElseGet(() -> text.message(sender, to)));
  }

  private Mail session(Stage at, List<Recipient> to) {
    stage = at;
    return mail(to, Message.none());
  }

  private Mail mail(List<Recipient> to, Message content) {
    Client client = new Client(address, helo, protocol, listener, login, tls);
    Envelope envelope = new Envelope(sender, to, envelopeId, returnContent, bodyType, smtpUtf8);
    return new Mail(id, stage, client, envelope, content, attributes, receivedAt);
  }

  private List<Recipient> givenRecipients() {
    return recipients.isEmpty()
        ? List.of(Recipient.of(EmailAddress.parse("bob@example.test")))
        : List.copyOf(recipients);
  }
}
