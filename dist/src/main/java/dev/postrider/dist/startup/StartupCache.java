package dev.postrider.dist.startup;

import dev.postrider.dist.home.Installation;
import dev.postrider.dist.home.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of loaded classes and compiled paths that the JVM starts from. The JVM itself decides
 * whether it fits: made by another JVM, from other jars or with other options it is passed over in
 * silence. Then a server has it made anew, beside itself and with the lowest priority.
 */
public final class StartupCache {

  /** The system property by which the launcher tells where it is, or is to be. */
  private static final String PROPERTY = "postrider.cache";

  private static final Logger LOG = LoggerFactory.getLogger(StartupCache.class);
  private static final Path MAPPED = Path.of("/proc/self/maps");
  private static final Duration PATIENCE = Duration.ofDays(1);

  private StartupCache() {}

  /** Has it made where this JVM runs without; returns at once. */
  public static void renew() {
    String file = System.getProperty(PROPERTY, "");
    if (!file.isEmpty()) {
      Thread.ofVirtual().name("start-up cache").start(() -> renew(Path.of(file)));
    }
  }

  private static void renew(Path file) {
    try {
      if (isInUse(file) || failedLately(file)) {
        return;
      }
      LOG.info("the start-up cache {} is being made; the next start will be faster", file);
      new ProcessBuilder(
              "nice",
              "-n",
              "19",
              Installation.current().root().resolve("bin/postrider").toString(),
              "rehearse")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .getOutputStream()
          .close();
    } catch (IOException e) {
      LOG.info("the start-up cache {} can't be made: {}", file, Reasons.of(e));
    }
  }

  private static boolean isInUse(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(MAPPED)) {
      return lines.anyMatch(line -> line.endsWith(file.toString()));
    }
  }

  // The launcher leaves an empty file where it was not able to make it.
  private static boolean failedLately(Path file) throws IOException {
    return Files.exists(file)
        && Files.size(file) == 0
        && Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(PATIENCE));
  }
}
