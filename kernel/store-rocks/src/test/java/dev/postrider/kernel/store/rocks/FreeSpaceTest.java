package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FreeSpaceTest {

  private final FaultyDisk disk = new FaultyDisk();
  private final AtomicLong nanos = new AtomicLong();
  private final Deque<Runnable> background = new ArrayDeque<>();

  private FreeSpace space(long usable) {
    disk.usable.set(usable);
    return new FreeSpace(disk, Path.of("data"), 1000, nanos::get, background::add);
  }

  @Test
  void theReserveIsNoRoom() {
    FreeSpace space = space(1500);
    assertThat(space.room()).isEqualTo(500);
    disk.usable.set(900);
    space.measure();
    assertThat(space.room()).isZero();
  }

  @Test
  void theDiskIsAskedBehindTheBackAndSpaceThatCameBackIsSeenWithoutACommit() {
    FreeSpace space = space(0);
    assertThat(space.room()).isZero();
    disk.usable.set(5000);
    pass(Duration.ofMillis(100));
    assertThat(space.room()).isZero();
    assertThat(background).as("the last figure is young enough").isEmpty();
    pass(Duration.ofMillis(200));
    assertThat(space.room()).as("who asks does not wait").isZero();
    assertThat(space.room()).isZero();
    assertThat(background).hasSize(1);
    background.remove().run();
    assertThat(space.room()).isEqualTo(4000);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
