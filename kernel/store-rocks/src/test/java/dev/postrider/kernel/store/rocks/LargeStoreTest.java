package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of a million messages is open again soon after a kill. */
@Tag("long")
class LargeStoreTest {
  private static final int MESSAGES = 1_000_000;
  private static final Duration BOUND = Duration.ofSeconds(5);

  @TempDir Path directory;

  @Test
  void isOpenWithinFiveSecondsAfterAKill() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                FillChild.class.getName(),
                directory.toString(),
                Integer.toString(MESSAGES))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = child.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("filled");
      child.toHandle().destroyForcibly();
    }
    child.waitFor();
    long begun = System.nanoTime();
    try (RocksStore store = RocksStore.open(directory, FillChild.options())) {
      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      System.out.println(store.statistics() + " open after " + taken.toMillis() + " ms");
      assertThat(store.statistics().messages()).isGreaterThanOrEqualTo(MESSAGES);
      assertThat(taken).isLessThan(BOUND);
    }
    assertThat(StoreVerification.of(directory, FillChild.options()).findings()).isEmpty();
  }
}
