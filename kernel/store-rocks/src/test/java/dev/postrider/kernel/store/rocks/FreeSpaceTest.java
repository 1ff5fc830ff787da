package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FreeSpaceTest {

  private final FaultyDisk disk = new FaultyDisk();
  private final AtomicLong nanos = new AtomicLong();
  private final FreeSpace space = new FreeSpace(disk, Path.of("data"), 1000, nanos::get);

  @Test
  void theReserveIsNoRoom() {
    disk.usable.set(1500);
    assertThat(space.room()).isEqualTo(500);
    disk.usable.set(900);
    pass(Duration.ofSeconds(1));
    assertThat(space.room()).isZero();
  }

  @Test
  void theDiskIsAskedAFewTimesASecondAndSpaceThatCameBackIsSeenWithoutACommit() {
    disk.usable.set(0);
    assertThat(space.room()).isZero();
    disk.usable.set(5000);
    pass(Duration.ofMillis(100));
    assertThat(space.room()).as("still the last figure").isZero();
    pass(Duration.ofMillis(200));
    assertThat(space.room()).isEqualTo(4000);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
