package dev.postrider.kernel.store.rocks;

import java.nio.file.Path;

/** Content that is ready to be written: the committer needs no stranger's code to read it. */
sealed interface Octets {

  long length();

  /** CRC32C of all. */
  int crc();

  /** On the heap; only the first octets of the array count. */
  final class OnHeap implements Octets {
    final byte[] array;
    final int count;
    private final int crc;

    OnHeap(byte[] array, int count, int crc) {
      this.array = array;
      this.count = count;
      this.crc = crc;
    }

    @Override
    public long length() {
      return count;
    }

    @Override
    public int crc() {
      return crc;
    }
  }

  /** In a private file. */
  record InFile(Path file, long length, int crc) implements Octets {}

  /** In a segment that is leased until they are written. */
  record InSegment(Disk.DiskFile file, long payload, long length, int crc) implements Octets {}
}
