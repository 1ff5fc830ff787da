package dev.postrider.mailet.filtering.hook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON object whose fields are taken one by one, each by its type; what was not taken is a
 * mistake. Not thread-safe. What is wrong is an {@link IllegalArgumentException} with a reason for
 * a person.
 */
final class Json {

  private static final int MAX_DEPTH = 8;

  private final String name;
  private final Map<String, Object> fields;

  private Json(String name, Map<String, Object> fields) {
    this.name = name;
    this.fields = fields;
  }

  /** Reads one object and nothing after it. */
  static Json read(String text) {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    try (JsonParser parser = factory.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it is not a JSON object");
      }
      Map<String, Object> fields = object(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("something follows the JSON object");
      }
      return new Json("the answer", fields);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("text on the heap can't fail to be read", e);
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      // A null says as much as no field.
      if (parser.currentToken() != JsonToken.VALUE_NULL) {
        fields.put(name, value(parser));
      }
    }
    return fields;
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
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
      default -> throw new IllegalArgumentException("a value is " + parser.currentToken());
    };
  }

  /** A text, or what stands for it where there is none. */
  String text(String field, String fallback) {
    return take(field, String.class, fallback);
  }

  /** A text that has to be there. */
  String text(String field) {
    String value = take(field, String.class, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " has no text '" + field + "'");
    }
    return value;
  }

  /** A yes or no; no where there is none. */
  boolean flag(String field) {
    return take(field, Boolean.class, false);
  }

  /** A small number. */
  int number(String field, int fallback) {
    BigInteger value = take(field, BigInteger.class, BigInteger.valueOf(fallback));
    if (value.bitLength() > 31) {
      throw new IllegalArgumentException("'" + field + "' of " + name + " is too large a number");
    }
    return value.intValue();
  }

  /** A list of texts; empty where there is none. */
  List<String> texts(String field) {
    List<?> values = take(field, List.class, List.of());
    return values.stream().map(each -> as(field, each, String.class)).toList();
  }

  /** A list of objects; empty where there is none. */
  List<Json> objects(String field) {
    List<?> values = take(field, List.class, List.of());
    return values.stream().map(each -> new Json("'" + field + "'", copy(field, each))).toList();
  }

  /** An object of texts; empty where there is none. */
  Map<String, String> map(String field) {
    Map<String, String> out = new LinkedHashMap<>();
    copy(field, take(field, Map.class, Map.of()))
        .forEach((key, value) -> out.put(key, as(field, value, String.class)));
    return out;
  }

  /** Checks that every field was taken. */
  void end() {
    if (!fields.isEmpty()) {
      throw new IllegalArgumentException(
          name + " has the unknown fields " + fields.keySet() + ", or they don't go together");
    }
  }

  private <T> T take(String field, Class<T> type, T fallback) {
    Object value = fields.remove(field);
    return value == null ? fallback : as(field, value, type);
  }

  private Map<String, Object> copy(String field, Object value) {
    Map<String, Object> out = new LinkedHashMap<>();
    Map<?, ?> entries = as(field, value, Map.class);
    entries.forEach((key, each) -> out.put(String.valueOf(key), each));
    return out;
  }

  private <T> T as(String field, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "'" + field + "' of " + name + " is not a " + type.getSimpleName());
    }
    return type.cast(value);
  }
}
