package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file system, of which nothing is changed. */
final class ReadOnlyDisk implements Disk {

  @Override
  public DiskFile create(Path file) throws IOException {
    throw new AccessDeniedException(file.toString());
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new ReadOnlyFile(file, FileChannel.open(file, StandardOpenOption.READ));
  }

  @Override
  public void syncDirectory(Path directory) {
    // Nothing was changed.
  }

  @Override
  public void delete(Path file) {
    // What a server that starts would remove is passed over here, and stays.
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    throw new AccessDeniedException(from.toString());
  }

  @Override
  public long usableBytes(Path directory) {
    return 0;
  }

  private record ReadOnlyFile(Path path, FileChannel channel) implements DiskFile {

    @Override
    public void write(ByteBuffer octets, long position) throws IOException {
      throw new AccessDeniedException(path.toString());
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return channel.read(into, position);
    }

    @Override
    public void force() {
      // Nothing was written.
    }

    @Override
    public void truncate(long size) throws IOException {
      throw new AccessDeniedException(path.toString());
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
