package dev.postrider.kernel.host.flight;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An answer from outside.
 *
 * @param kind of the question
 * @param question as text
 * @param answer as {@link Kind} writes it
 */
public record Answered(String kind, String question, JsonNode answer) {}
