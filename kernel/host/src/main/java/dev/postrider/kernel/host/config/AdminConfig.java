package dev.postrider.kernel.host.config;

import java.nio.file.Path;

/**
 * Administration over HTTP.
 *
 * @param tokenFile holds the token that requests have to bring; made at the first start where it is
 *     missing
 */
public record AdminConfig(Path tokenFile) {}
