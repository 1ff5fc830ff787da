package dev.postrider.kernel.host.flight;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * A JSON tree as text in UTF-8. Each server writes such from its first mail on, and Jackson's
 * mapper with its 350 classes would do no more. Thread: any.
 */
final class JsonText {

  private final JsonFactory factory = new JsonFactory();

  byte[] octets(JsonNode tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = factory.createGenerator(out)) {
      write(tree, json);
    }
    return out.toByteArray();
  }

  private static void write(JsonNode node, JsonGenerator json) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        json.writeStartObject();
        for (Map.Entry<String, JsonNode> each : node.properties()) {
          json.writeFieldName(each.getKey());
          write(each.getValue(), json);
        }
        json.writeEndObject();
      }
      case ARRAY -> {
        json.writeStartArray();
        for (JsonNode each : node) {
          write(each, json);
        }
        json.writeEndArray();
      }
      case STRING -> json.writeString(node.textValue());
      case BINARY -> json.writeBinary(node.binaryValue());
      case NUMBER -> {
        if (!node.isIntegralNumber()) {
          throw new IllegalArgumentException("a record has no fractions: " + node);
        }
        json.writeNumber(node.longValue());
      }
      case BOOLEAN -> json.writeBoolean(node.booleanValue());
      case NULL -> json.writeNull();
      case MISSING, POJO ->
          throw new IllegalArgumentException("no part of a record: " + node.getNodeType());
    }
  }
}
