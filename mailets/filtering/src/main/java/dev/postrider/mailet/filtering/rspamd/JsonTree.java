package dev.postrider.mailet.filtering.rspamd;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object of which only some fields matter: what is not there or of another type is not
 * found. Immutable after reading.
 */
final class JsonTree {

  private static final int MAX_DEPTH = 16;

  private final Map<String, Object> fields;

  private JsonTree(Map<String, Object> fields) {
    this.fields = fields;
  }

  /**
   * Reads one object and nothing after it.
   *
   * @throws IllegalArgumentException with a reason for a person when it is none
   */
  static JsonTree read(String text) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    try (JsonParser parser = factory.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it is not a JSON object");
      }
      JsonTree tree = object(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("something follows the JSON object");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("text on the heap can't fail to be read", e);
    }
  }

  private static JsonTree object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return new JsonTree(fields);
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> all = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          all.add(value(parser));
        }
        yield all;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_STRING -> parser.getText();
      default -> parser.currentToken();
    };
  }

  private static Object number(JsonParser parser) throws IOException {
    double value = parser.getDoubleValue();
    return Double.isFinite(value) ? BigDecimal.valueOf(value) : JsonToken.NOT_AVAILABLE;
  }

  /** A text. */
  Optional<String> text(String field) {
    return as(field, String.class);
  }

  /** A number. */
  Optional<BigDecimal> number(String field) {
    return as(field, BigDecimal.class);
  }

  /** An object; one without fields where there is none. */
  JsonTree object(String field) {
    return as(field, JsonTree.class).orElse(new JsonTree(Map.of()));
  }

  /** The names of the fields in their order. */
  List<String> names() {
    return List.copyOf(fields.keySet());
  }

  /** The values of a field: those of an array, or the only one. */
  List<Object> values(String field) {
    Object value = fields.get(field);
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? List.copyOf(list) : List.of(value);
  }

  private <T> Optional<T> as(String field, Class<T> type) {
    return Optional.ofNullable(fields.get(field)).filter(type::isInstance).map(type::cast);
  }
}
