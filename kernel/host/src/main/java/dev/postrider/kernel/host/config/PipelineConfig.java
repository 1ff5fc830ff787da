package dev.postrider.kernel.host.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How mail is treated.
 *
 * @param file the pipeline XML
 * @param plugins the directory that holds one directory of jars per plugin
 * @param deadline how long a run may delay the reply to end-of-data; it goes on afterwards
 * @param stepDeadline how long one matcher or mailet may take
 * @param jobDeadline how long a job of a plugin that an administrator starts may take
 * @param maxReceived {@code Received} fields after which a mail is taken for a loop
 * @param watch whether changed files are taken without being told to
 */
public record PipelineConfig(
    Path file,
    Path plugins,
    Duration deadline,
    Duration stepDeadline,
    Duration jobDeadline,
    int maxReceived,
    boolean watch) {}
