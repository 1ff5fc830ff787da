package dev.postrider.kernel.host.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Octets as JSON, in base64, and texts. */
final class OctetsJson {

  private OctetsJson() {}

  static JsonNode write(Optional<byte[]> octets) {
    return octets.<JsonNode>map(BinaryNode::valueOf).orElse(NullNode.getInstance());
  }

  static Optional<byte[]> read(JsonNode node) {
    return node.isNull() ? Optional.empty() : Optional.of(octets(node));
  }

  static JsonNode writeTold(ObservedElsewhere.Told told) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    return told.text() == null ? out.put("failed", told.failure()) : out.put("text", told.text());
  }

  static ObservedElsewhere.Told readTold(JsonNode node) {
    return node.has("text")
        ? new ObservedElsewhere.Told(node.path("text").asText(), "")
        : new ObservedElsewhere.Told(null, node.path("failed").asText());
  }

  static JsonNode writeTexts(List<String> texts) {
    ArrayNode out = JsonNodeFactory.instance.arrayNode();
    texts.forEach(out::add);
    return out;
  }

  static List<String> readTexts(JsonNode node) {
    List<String> out = new ArrayList<>();
    node.forEach(each -> out.add(each.asText()));
    return out;
  }

  /**
   * The octets.
   *
   * @throws IllegalArgumentException when it is no base64
   */
  static byte[] octets(JsonNode node) {
    try {
      byte[] octets = node.binaryValue();
      return octets == null ? new byte[0] : octets;
    } catch (IOException e) {
      throw new IllegalArgumentException("a record holds octets that are no base64", e);
    }
  }
}
