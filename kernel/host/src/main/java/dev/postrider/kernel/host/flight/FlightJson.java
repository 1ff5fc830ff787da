package dev.postrider.kernel.host.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Flights as JSON; the octets of the message stand beside it. Thread: any. */
final class FlightJson {

  private final JsonText text = new JsonText();

  /** A server only writes; its classes need not be there. */
  private static final class Reader {
    private static final ObjectMapper MAPPER = new ObjectMapper();
  }

  byte[] write(Flight flight) throws IOException {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("at", flight.at().toString());
    out.put("processor", flight.processor());
    out.put("whole", flight.whole());
    out.put("pipeline", flight.pipeline());
    out.put("digest", flight.digest());
    out.set("mail", MailJson.write(flight.mail()));
    ArrayNode answers = out.putArray("answers");
    flight
        .answers()
        .forEach(
            each -> answers.addArray().add(each.kind()).add(each.question()).add(each.answer()));
    ArrayNode fates = out.putArray("fates");
    flight.fates().forEach(each -> fates.addArray().add(each.recipient()).add(each.fate()));
    return text.octets(out);
  }

  Flight read(byte[] record, byte[] message) throws IOException {
    JsonNode in = Reader.MAPPER.readTree(record);
    Mail mail = MailJson.read(in.path("mail"), Message.of(message));
    List<Answered> answers = new ArrayList<>();
    in.path("answers")
        .forEach(
            each ->
                answers.add(
                    new Answered(each.path(0).asText(), each.path(1).asText(), each.path(2))));
    List<Flight.Fate> fates = new ArrayList<>();
    in.path("fates")
        .forEach(each -> fates.add(new Flight.Fate(each.path(0).asText(), each.path(1).asText())));
    return new Flight(
        Instant.parse(in.path("at").asText()),
        in.path("processor").asText(),
        mail,
        in.path("whole").asBoolean(),
        in.path("pipeline").asText(),
        answers,
        fates,
        in.path("digest").asText());
  }
}
