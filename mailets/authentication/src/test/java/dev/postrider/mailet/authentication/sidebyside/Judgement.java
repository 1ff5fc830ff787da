package dev.postrider.mailet.authentication.sidebyside;

import java.util.List;
import java.util.Map;

/**
 * What somebody says of a mail: one result for each method, such as {@code pass}.
 *
 * @param results by method; a method that is missing is not judged
 */
record Judgement(Map<String, String> results) {

  /** All methods, in the order in which they build on each other. */
  static final List<String> METHODS = List.of("spf", "dkim", "arc", "dmarc");

  Judgement {
    results = Map.copyOf(results);
  }
}
