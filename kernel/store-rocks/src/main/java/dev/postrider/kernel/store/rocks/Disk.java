package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The files of segments and checkpoints, as a port so that tests can fail, tear and forget writes.
 * Thread: any.
 */
interface Disk {

  /** Makes a new file for reading and writing; fails where it exists. */
  DiskFile create(Path file) throws IOException;

  /** Opens an existing file for reading and writing. */
  DiskFile open(Path file) throws IOException;

  /** Makes created, renamed and deleted names durable. */
  void syncDirectory(Path directory) throws IOException;

  /** Removes a file; none there is no error. */
  void delete(Path file) throws IOException;

  /** Renames atomically, replacing what is there. */
  void rename(Path from, Path to) throws IOException;

  /** Octets that can still be written below this directory. */
  long usableBytes(Path directory) throws IOException;

  /** An open file. Thread: any; positions are given with each call. */
  interface DiskFile extends AutoCloseable {

    /** Writes all of the buffer. */
    void write(ByteBuffer octets, long position) throws IOException;

    /** Reads some octets; -1 at the end. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Returns when the data written so far is on stable storage. */
    void force() throws IOException;

    void truncate(long size) throws IOException;

    long size() throws IOException;

    @Override
    void close();

    /** Reads until the buffer is full; false when the file ends before. */
    default boolean readFully(ByteBuffer into, long position) throws IOException {
      long at = position;
      while (into.hasRemaining()) {
        int count = read(into, at);
        if (count < 0) {
          return false;
        }
        at += count;
      }
      return true;
    }
  }
}
