package dev.postrider.protocol.line;

/**
 * What a finished handshake agreed on.
 *
 * @param protocol for example {@code TLSv1.3}
 * @param cipher the cipher suite's standard name
 */
public record TlsFacts(String protocol, String cipher) {}
