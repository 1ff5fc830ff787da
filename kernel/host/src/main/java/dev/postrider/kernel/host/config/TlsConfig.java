package dev.postrider.kernel.host.config;

import java.nio.file.Path;

/**
 * The server's certificate.
 *
 * @param certificate a PEM file: the certificate, then its chain
 * @param key a PEM file: the private key in PKCS #8, without a password
 */
public record TlsConfig(Path certificate, Path key) {}
