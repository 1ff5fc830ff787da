package dev.postrider.kernel.host.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpField;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** HTTP answers as JSON. */
final class HttpAnswerJson {

  private static final String FAILED = "failed";
  private static final String STATUS = "status";
  private static final String HEADERS = "headers";
  private static final String BODY = "body";

  private HttpAnswerJson() {}

  static JsonNode write(HttpAnswer answer) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    switch (answer) {
      case HttpAnswer.Answered(int status, List<HttpField> headers, Content body) -> {
        out.put(STATUS, status);
        ArrayNode fields = out.putArray(HEADERS);
        headers.forEach(field -> fields.addArray().add(field.name()).add(field.value()));
        out.put(BODY, octets(body));
      }
      case HttpAnswer.Failed(String reason) -> out.put(FAILED, reason);
    }
    return out;
  }

  static HttpAnswer read(JsonNode node) {
    if (node.has(FAILED)) {
      return new HttpAnswer.Failed(node.path(FAILED).asText());
    }
    List<HttpField> headers = new ArrayList<>();
    node.path(HEADERS)
        .forEach(each -> headers.add(new HttpField(each.path(0).asText(), each.path(1).asText())));
    return new HttpAnswer.Answered(
        node.path(STATUS).asInt(), headers, Content.of(OctetsJson.octets(node.path(BODY))));
  }

  // The contract of an answer: its body is on the heap.
  private static byte[] octets(Content body) {
    try (InputStream in = body.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the body of an HTTP answer can't be read", e);
    }
  }
}
