package dev.postrider.dist.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.home.Folders;
import dev.postrider.kernel.contracts.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path folder;
  private final VirtualTime time = new VirtualTime();
  private final AtomicInteger told = new AtomicInteger();
  private Path file;
  private Path plugins;
  private Watch watch;

  @BeforeEach
  void start() throws IOException {
    file = Files.writeString(folder.resolve("pipeline.xml"), "1");
    plugins = Files.createDirectories(folder.resolve("plugins"));
    watch = new Watch(() -> List.of(file, plugins), time, SECOND, () -> told.incrementAndGet());
    watch.start();
  }

  @AfterEach
  void stop() {
    watch.close();
  }

  private int toldAfter(int seconds) {
    time.advance(SECOND.multipliedBy(seconds));
    return told.get();
  }

  @Test
  void tellsOnceOfAChangeThatStays() throws IOException {
    assertThat(toldAfter(5)).isZero();
    Files.writeString(file, "22");
    assertThat(toldAfter(1)).isZero();
    assertThat(toldAfter(1)).isOne();
    assertThat(toldAfter(5)).isOne();
  }

  @Test
  void waitsWhileAFileStillGrows() throws IOException {
    Path jar = Files.createDirectories(plugins.resolve("p")).resolve("p.jar");
    for (int i = 1; i <= 5; i++) {
      Files.writeString(jar, "x".repeat(i));
      assertThat(toldAfter(1)).isZero();
    }
    assertThat(toldAfter(1)).isOne();
  }

  @Test
  void seesPluginsComeAndGoButNotWhatIsUnderWay() throws IOException {
    Path staged = Files.createDirectories(plugins.resolve(".install/new/p"));
    Files.writeString(staged.resolve("p.jar"), "x");
    assertThat(toldAfter(3)).isZero();
    Files.move(staged, plugins.resolve("p"));
    assertThat(toldAfter(3)).isOne();
    Folders.delete(plugins.resolve("p"));
    assertThat(toldAfter(3)).isEqualTo(2);
  }

  @Test
  void aFileThatIsGoneIsAChangeAndSoIsItsReturn() throws IOException {
    Files.delete(file);
    assertThat(toldAfter(2)).isOne();
    Files.writeString(file, "1");
    assertThat(toldAfter(2)).isEqualTo(2);
  }

  @Test
  void tellsNothingAfterItsEnd() throws IOException {
    watch.close();
    Files.writeString(file, "22");
    assertThat(toldAfter(5)).isZero();
  }
}
