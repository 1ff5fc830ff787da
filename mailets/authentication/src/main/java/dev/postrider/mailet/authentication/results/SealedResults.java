package dev.postrider.mailet.authentication.results;

import java.util.Optional;

/**
 * The value of an ARC-Authentication-Results field (RFC 8617 §4.1.1): its place in the chain, then
 * what an Authentication-Results field holds.
 *
 * @param instance 0 to 99
 * @param found what stands behind the place
 */
public record SealedResults(int instance, String found) {

  /** Reads a value; empty where it does not begin with a place (§4.2.1) and a semicolon. */
  public static Optional<SealedResults> read(String value) {
    return new ResultsReader(value).sealed();
  }

  /** What was found, where it can be read. */
  public Optional<ResultsField> results() {
    return ResultsField.read(found);
  }
}
