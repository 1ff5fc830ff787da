package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file system. */
final class FileDisk implements Disk {

  private static final Logger LOG = LoggerFactory.getLogger(FileDisk.class);

  private final Map<Path, FileStore> stores = new ConcurrentHashMap<>();

  @Override
  public DiskFile create(Path file) throws IOException {
    return new ChannelFile(file, StandardOpenOption.CREATE_NEW);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new ChannelFile(file, StandardOpenOption.WRITE);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public long usableBytes(Path directory) throws IOException {
    FileStore known = stores.get(directory);
    if (known == null) {
      // Finding the store reads the table of mounts; asking it is one system call.
      known = Files.getFileStore(directory);
      stores.put(directory, known);
    }
    return known.getUsableSpace();
  }

  /**
   * A channel that is opened anew when an interrupted reader closed it: otherwise one interrupted
   * session would take the segment from all others.
   */
  private static final class ChannelFile implements DiskFile {

    private final Path file;
    private volatile FileChannel channel;
    private volatile boolean closed;

    ChannelFile(Path file, OpenOption mode) throws IOException {
      this.file = file;
      this.channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, mode);
    }

    @Override
    public void write(ByteBuffer octets, long position) throws IOException {
      long at = position;
      while (octets.hasRemaining()) {
        at += channel.write(octets, at);
      }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      int mark = into.position();
      while (true) {
        FileChannel current = channel;
        try {
          return current.read(into, position);
        } catch (ClosedByInterruptException e) {
          throw e;
        } catch (ClosedChannelException e) {
          into.position(mark);
          reopen(current);
        }
      }
    }

    private synchronized void reopen(FileChannel broken) throws IOException {
      if (closed) {
        throw new ClosedChannelException();
      }
      if (channel.equals(broken)) {
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public synchronized void close() {
      closed = true;
      try {
        channel.close();
      } catch (IOException e) {
        LOG.warn("{} could not be closed: {}", file, e.getMessage());
      }
    }
  }
}
