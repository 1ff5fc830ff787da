package dev.postrider.kernel.host.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.Optional;

/** Octets as JSON: base64. */
final class OctetsJson {

  private OctetsJson() {}

  static JsonNode write(Optional<byte[]> octets) {
    return octets.<JsonNode>map(BinaryNode::valueOf).orElse(NullNode.getInstance());
  }

  static Optional<byte[]> read(JsonNode node) {
    return node.isNull() ? Optional.empty() : Optional.of(octets(node));
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
