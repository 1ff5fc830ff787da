package dev.postrider.mailet.filtering.hook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes a mail as the JSON that a hook posts. */
final class HookRequest {

  private static final int VERSION = 1;

  private HookRequest() {}

  /**
   * The JSON in UTF-8.
   *
   * @param messageLimit octets that a message may have to be sent along
   * @throws IOException when the message can't be read
   */
  static byte[] of(Mail mail, long messageLimit) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("version", VERSION);
      json.writeStringField("id", mail.id());
      json.writeStringField("stage", mail.stage().name().toLowerCase(Locale.ROOT));
      json.writeStringField("receivedAt", mail.receivedAt().toString());
      client(json, mail.client());
      envelope(json, mail);
      attributes(json, mail);
      if (mail.stage() == Stage.MESSAGE) {
        message(json, mail, messageLimit);
      }
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void client(JsonGenerator json, Client client) throws IOException {
    json.writeObjectFieldStart("client");
    json.writeStringField("address", client.address().getHostAddress());
    json.writeStringField("helo", client.helo());
    json.writeStringField("protocol", client.protocol());
    json.writeStringField("listener", client.listener());
    json.writeStringField("login", client.login().map(Object::toString).orElse(null));
    json.writeBooleanField("tls", client.tls());
    json.writeEndObject();
  }

  private static void envelope(JsonGenerator json, Mail mail) throws IOException {
    Envelope envelope = mail.envelope();
    json.writeObjectFieldStart("envelope");
    json.writeStringField("sender", envelope.sender().toString());
    json.writeArrayFieldStart("recipients");
    for (Recipient recipient : envelope.recipients()) {
      if (!recipient.equals(Recipient.ANYONE)) {
        json.writeString(recipient.address().toString());
      }
    }
    json.writeEndArray();
    json.writeStringField("envelopeId", envelope.envelopeId().orElse(null));
    json.writeStringField("body", envelope.bodyType().name().toLowerCase(Locale.ROOT));
    json.writeBooleanField("smtpUtf8", envelope.smtpUtf8());
    json.writeEndObject();
  }

  private static void attributes(JsonGenerator json, Mail mail) throws IOException {
    json.writeObjectFieldStart("attributes");
    for (Map.Entry<String, String> each : new TreeMap<>(mail.attributes()).entrySet()) {
      json.writeStringField(each.getKey(), each.getValue());
    }
    json.writeEndObject();
  }

  private static void message(JsonGenerator json, Mail mail, long limit) throws IOException {
    long size = mail.message().size();
    json.writeNumberField("size", size);
    json.writeArrayFieldStart("headers");
    for (HeaderField field : mail.message().headers().fields()) {
      json.writeStartObject();
      json.writeStringField("name", field.name());
      json.writeStringField("value", field.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (size <= limit) {
      json.writeFieldName("message");
      try (InputStream in = mail.message().open()) {
        json.writeBinary(in, (int) size);
      }
    }
  }
}
