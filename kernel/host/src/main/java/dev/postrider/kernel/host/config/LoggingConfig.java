package dev.postrider.kernel.host.config;

import java.nio.file.Path;

/**
 * What is told in the log.
 *
 * @param level from which on
 * @param directory for log files
 */
public record LoggingConfig(System.Logger.Level level, Path directory) {}
