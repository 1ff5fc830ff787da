package dev.postrider.mailet.authentication.spf;

/**
 * A mechanism with what follows from its match (RFC 7208 §4.6.2).
 *
 * @param result PASS, FAIL, SOFTFAIL or NEUTRAL
 * @param mechanism what is looked at
 * @param text as written, for people
 */
record Directive(SpfResult result, Mechanism mechanism, String text) {}
