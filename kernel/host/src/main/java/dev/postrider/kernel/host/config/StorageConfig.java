package dev.postrider.kernel.host.config;

import dev.postrider.plugin.ByteSize;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how data is kept.
 *
 * @param directory of the store; locked while the server runs
 * @param minimumFree free space below which no mail is taken (452)
 * @param ledgerRetention how long fates are kept
 */
public record StorageConfig(Path directory, ByteSize minimumFree, Duration ledgerRetention) {}
