package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The file system with faults on demand; remembers what was synced, so that a crash can take the
 * rest.
 */
final class FaultyDisk implements Disk {

  private final Disk real = new FileDisk();
  private final Map<Path, Long> synced = new ConcurrentHashMap<>();
  private final Map<Path, Queue<Written>> unsynced = new ConcurrentHashMap<>();
  private final AtomicLong steps = new AtomicLong();
  private volatile long failAt = Long.MAX_VALUE;
  private volatile boolean power = true;
  private volatile CountDownLatch dark = new CountDownLatch(1);
  final AtomicLong usable = new AtomicLong(Long.MAX_VALUE);
  final AtomicLong writeBudget = new AtomicLong(Long.MAX_VALUE);
  final AtomicInteger failingSyncs = new AtomicInteger();
  final AtomicInteger failingTruncates = new AtomicInteger();
  final AtomicBoolean failingCreates = new AtomicBoolean();

  private record Written(long position, int length) {}

  /** Operations so far. */
  long steps() {
    return steps.get();
  }

  /**
   * The operation of this number fails, counted from now on.
   *
   * @param forGood whether all that follow fail too, until {@link #mend}
   */
  void failAt(long step, boolean forGood) {
    steps.set(0);
    dark = new CountDownLatch(1);
    failAt = step;
    power = !forGood;
  }

  void mend() {
    failAt = Long.MAX_VALUE;
    dark.countDown();
  }

  /** Waits until operations fail for good, or {@link #mend}. */
  void awaitDark() throws InterruptedException {
    dark.await();
  }

  private void step() throws IOException {
    long step = steps.incrementAndGet();
    if (step == failAt || step > failAt && !power) {
      if (!power) {
        dark.countDown();
      }
      throw new IOException("Input/output error at step " + step);
    }
  }

  /** What a power failure does to writes that were not synced: any of them are missing. */
  void dropUnsynced(Random random) throws IOException {
    for (Map.Entry<Path, Queue<Written>> file : unsynced.entrySet()) {
      if (Files.exists(file.getKey())) {
        try (RandomAccessFile raw = new RandomAccessFile(file.getKey().toFile(), "rw")) {
          for (Written written : file.getValue()) {
            long length = Math.min(written.length(), raw.length() - written.position());
            if (length > 0 && random.nextBoolean()) {
              raw.seek(written.position());
              raw.write(new byte[(int) length]);
            }
          }
        }
      }
    }
    unsynced.clear();
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    step();
    if (failingCreates.get()) {
      throw new IOException("Input/output error");
    }
    if (writeBudget.get() <= 0) {
      throw new IOException("No space left on device");
    }
    synced.put(file, 0L);
    return new FaultyFile(file, real.create(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    step();
    synced.putIfAbsent(file, Files.size(file));
    return new FaultyFile(file, real.open(file));
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    step();
    real.syncDirectory(directory);
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    real.delete(file);
    synced.remove(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    real.rename(from, to);
    Long length = synced.remove(from);
    if (length != null) {
      synced.put(to, length);
    }
  }

  @Override
  public long usableBytes(Path directory) {
    return usable.get();
  }

  /** What a power failure does: of what was not synced some is lost and some is torn. */
  void loseUnsynced(Random random) throws IOException {
    for (Map.Entry<Path, Long> file : synced.entrySet()) {
      if (!Files.exists(file.getKey())) {
        continue;
      }
      try (RandomAccessFile raw = new RandomAccessFile(file.getKey().toFile(), "rw")) {
        long lost = raw.length() - file.getValue();
        if (lost > 0) {
          raw.setLength(file.getValue() + random.nextLong(lost + 1));
          if (raw.length() > file.getValue() && random.nextBoolean()) {
            long at = file.getValue() + random.nextLong(raw.length() - file.getValue());
            raw.seek(at);
            raw.write(new byte[(int) Math.min(512, raw.length() - at)]);
          }
        }
      }
    }
  }

  private final class FaultyFile implements DiskFile {

    private final Path path;
    private final DiskFile file;

    FaultyFile(Path path, DiskFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public void write(ByteBuffer octets, long position) throws IOException {
      step();
      unsynced
          .computeIfAbsent(path, _ -> new ConcurrentLinkedQueue<>())
          .add(new Written(position, octets.remaining()));
      int count = octets.remaining();
      long left = writeBudget.getAndAdd(-count);
      if (left < count) {
        writeBudget.set(0);
        octets.limit(octets.position() + (int) Math.max(0, left));
        file.write(octets, position);
        throw new IOException("No space left on device");
      }
      file.write(octets, position);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return file.read(into, position);
    }

    @Override
    public void force() throws IOException {
      step();
      if (failingSyncs.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
        throw new IOException("Input/output error");
      }
      file.force();
      unsynced.remove(path);
      synced.computeIfPresent(
          path,
          (_, old) -> {
            try {
              return file.size();
            } catch (IOException e) {
              return old;
            }
          });
    }

    @Override
    public void truncate(long size) throws IOException {
      step();
      if (failingTruncates.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
        throw new IOException("Input/output error");
      }
      file.truncate(size);
      synced.computeIfPresent(path, (_, old) -> Math.min(old, size));
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
