package dev.postrider.kernel.host.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A mail as JSON, without its message. */
final class MailJson {

  private MailJson() {}

  static JsonNode write(Mail mail) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("id", mail.id());
    out.put("stage", mail.stage().name());
    out.put("receivedAt", mail.receivedAt().toString());
    Client client = mail.client();
    out.put("address", client.address().getHostAddress());
    out.put("helo", client.helo());
    out.put("protocol", client.protocol());
    out.put("listener", client.listener());
    out.put("tls", client.tls());
    client.login().ifPresent(login -> out.put("login", login.toString()));
    client.appPassword().ifPresent(name -> out.put("appPassword", name));
    Envelope envelope = mail.envelope();
    out.put("sender", envelope.sender().toString());
    envelope.envelopeId().ifPresent(id -> out.put("envelopeId", id));
    out.put("return", envelope.returnContent().name());
    out.put("body", envelope.bodyType().name());
    out.put("utf8", envelope.smtpUtf8());
    ArrayNode recipients = out.putArray("recipients");
    for (Recipient each : envelope.recipients()) {
      ObjectNode recipient = recipients.addObject();
      recipient.put("address", each.address().toString());
      each.original().ifPresent(original -> recipient.put("original", original));
      ArrayNode wishes = recipient.putArray("notify");
      each.notifyOn().forEach(wish -> wishes.add(wish.name()));
    }
    ObjectNode attributes = out.putObject("attributes");
    mail.attributes().forEach(attributes::put);
    return out;
  }

  static Mail read(JsonNode in, Message message) {
    Client client =
        new Client(
            InetAddress.ofLiteral(in.path("address").asText()),
            in.path("helo").asText(),
            in.path("protocol").asText(),
            in.path("listener").asText(),
            text(in, "login").map(EmailAddress::parse),
            in.path("tls").asBoolean(),
            text(in, "appPassword"));
    List<Recipient> recipients = new ArrayList<>();
    in.path("recipients").forEach(each -> recipients.add(recipient(each)));
    Envelope envelope =
        new Envelope(
            ReversePath.parse(in.path("sender").asText()),
            recipients,
            text(in, "envelopeId"),
            ReturnContent.valueOf(in.path("return").asText()),
            BodyType.valueOf(in.path("body").asText()),
            in.path("utf8").asBoolean());
    Map<String, String> attributes = new HashMap<>();
    in.path("attributes")
        .properties()
        .forEach(each -> attributes.put(each.getKey(), each.getValue().asText()));
    return new Mail(
        in.path("id").asText(),
        Stage.valueOf(in.path("stage").asText()),
        client,
        envelope,
        message,
        attributes,
        Instant.parse(in.path("receivedAt").asText()));
  }

  private static Recipient recipient(JsonNode in) {
    Set<Notify> wishes = EnumSet.noneOf(Notify.class);
    in.path("notify").forEach(wish -> wishes.add(Notify.valueOf(wish.asText())));
    return new Recipient(
        EmailAddress.parse(in.path("address").asText()), wishes, text(in, "original"));
  }

  private static Optional<String> text(JsonNode in, String name) {
    return in.has(name) ? Optional.of(in.path(name).asText()) : Optional.empty();
  }
}
