package dev.postrider.plugin.service;

/**
 * A mail exchanger (RFC 5321 §5.1).
 *
 * @param preference 0 to 65535, lower first
 * @param host the name in lower case without trailing dot; empty for a null MX (RFC 7505)
 * @since 1.0
 */
public record MxRecord(int preference, String host) {}
