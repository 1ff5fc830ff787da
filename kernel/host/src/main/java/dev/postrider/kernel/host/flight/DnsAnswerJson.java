package dev.postrider.kernel.host.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.plugin.service.DnsAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** DNS answers as JSON. */
final class DnsAnswerJson {

  private static final String FAILED = "failed";
  private static final String FOUND = "found";
  private static final String SECURE = "authenticated";
  private static final String NO_DATA = "noData";

  private DnsAnswerJson() {}

  static <R> JsonNode write(DnsAnswer<R> answer, Function<R, JsonNode> record) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    switch (answer) {
      case DnsAnswer.Found<R>(List<R> records, boolean authenticated) -> {
        ArrayNode array = out.putArray(FOUND);
        records.forEach(each -> array.add(record.apply(each)));
        out.put(SECURE, authenticated);
      }
      case DnsAnswer.NoData<R> _ -> out.put(NO_DATA, true);
      case DnsAnswer.NoSuchName<R> _ -> out.put(NO_DATA, false);
      case DnsAnswer.Failed<R>(String reason) -> out.put(FAILED, reason);
    }
    return out;
  }

  static <R> DnsAnswer<R> read(JsonNode node, Function<JsonNode, R> record) {
    if (node.has(FAILED)) {
      return new DnsAnswer.Failed<>(node.path(FAILED).asText());
    }
    if (node.has(NO_DATA)) {
      return node.path(NO_DATA).asBoolean()
          ? new DnsAnswer.NoData<>()
          : new DnsAnswer.NoSuchName<>();
    }
    List<R> records = new ArrayList<>();
    node.path(FOUND).forEach(each -> records.add(record.apply(each)));
    return new DnsAnswer.Found<>(records, node.path(SECURE).asBoolean());
  }
}
