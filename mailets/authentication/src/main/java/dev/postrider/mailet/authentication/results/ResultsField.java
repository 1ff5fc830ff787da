package dev.postrider.mailet.authentication.results;

import java.util.List;
import java.util.Optional;

/**
 * The value of an Authentication-Results field (RFC 8601 §2.2).
 *
 * @param authservId who checked, as written, without quotes
 * @param results what was found; empty for {@code none}
 */
public record ResultsField(String authservId, List<MethodResult> results) {

  /** Copies the list. */
  public ResultsField {
    results = List.copyOf(results);
  }

  /**
   * Reads a value, folded or not; in one linear pass. Results that can't be read end the list.
   *
   * @return empty where not even the identifier can be read, or the version is another than 1
   */
  public static Optional<ResultsField> read(String value) {
    return new ResultsReader(value).field();
  }

  /** The value on one line. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(Printable.value(authservId));
    if (results.isEmpty()) {
      out.append("; none");
    }
    results.forEach(each -> out.append("; ").append(each));
    return out.toString();
  }
}
