package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much new content the disk takes, above the reserve. The file system is asked by each commit,
 * and without any a few times a second at most, never by whoever asks here: so what a full disk
 * refused is known at once, and nobody needs to commit for space to be seen again. Thread: any.
 */
final class FreeSpace {

  private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);
  private static final long MAX_AGE_NANOS = Duration.ofMillis(250).toNanos();

  private final Disk disk;
  private final Path folder;
  private final long reserve;
  private final LongSupplier nanoTime;
  private final Executor background;
  private final AtomicLong measuredAt;
  private final AtomicBoolean full = new AtomicBoolean();
  private volatile long room = Long.MAX_VALUE;

  /** Measures once. */
  FreeSpace(Disk disk, Path folder, long reserve, LongSupplier nanoTime, Executor background) {
    this.disk = disk;
    this.folder = folder;
    this.reserve = reserve;
    this.nanoTime = nanoTime;
    this.background = background;
    this.measuredAt = new AtomicLong(nanoTime.getAsLong());
    measure();
  }

  /** Octets of new content; 0 when the reserve is reached. Answers from memory. */
  long room() {
    long now = nanoTime.getAsLong();
    long last = measuredAt.get();
    if (now - last > MAX_AGE_NANOS && measuredAt.compareAndSet(last, now)) {
      background.execute(this::measure);
    }
    return room;
  }

  /** Asks the file system; the room there is now, as far as it is known. */
  long measure() {
    try {
      long usable = disk.usableBytes(folder);
      room = Math.max(0, usable - reserve);
      tell(usable);
    } catch (IOException e) {
      LOG.warn("the free space of {} is unknown: {}", folder, e.toString());
      room = Long.MAX_VALUE;
    }
    return room;
  }

  // Once when it begins and once when it ends, by a margin: else mails that come and go fill the
  // log.
  private void tell(long usable) {
    if (usable <= reserve && full.compareAndSet(false, true)) {
      LOG.warn(
          "no mail is taken (452): {} octets are free for {}, and {} are kept free; make space there, or lower minimum-free of <storage>",
          usable,
          folder,
          reserve);
    } else if (usable > reserve + reserve / 10 && full.compareAndSet(true, false)) {
      LOG.warn("there is space for {} again, mail is taken", folder);
    }
  }
}
