package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of a store: locked against a second process, of a known format. */
final class DataDirectory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final int FORMAT = 1;
  private static final String FORMAT_NAME = "postrider-store ";

  private final Path root;
  private final FileChannel lockFile;
  private final boolean posix;

  private DataDirectory(Path root, FileChannel lockFile, boolean posix) {
    this.root = root;
    this.lockFile = lockFile;
    this.posix = posix;
  }

  /**
   * Makes the folder where needed, locks it, checks its format and removes what drafts left.
   *
   * @throws StoreOpenException when another process has it or a newer release wrote it
   */
  static DataDirectory open(Path root) throws IOException {
    makePrivate(root);
    FileStore store = Files.getFileStore(root);
    boolean posix = store.supportsFileAttributeView(PosixFileAttributeView.class);
    DataDirectory directory = new DataDirectory(root, lock(root), posix);
    try {
      directory.checkFormat();
      Files.createDirectories(directory.segments());
      directory.makePrivateTemporary();
      return directory;
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /**
   * Locks the folder of a store that is there, and changes nothing.
   *
   * @throws StoreOpenException as {@link #open}, and where there is no store
   */
  static DataDirectory inspect(Path root) throws IOException {
    if (!Files.isDirectory(root.resolve("segments")) || !Files.exists(root.resolve("FORMAT"))) {
      throw new StoreOpenException("there is no store in " + root);
    }
    boolean posix =
        Files.getFileStore(root).supportsFileAttributeView(PosixFileAttributeView.class);
    DataDirectory directory =
        new DataDirectory(root, locked(root, StandardOpenOption.WRITE), posix);
    try {
      directory.checkFormat();
      return directory;
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** Mail and password hashes are nobody else's, whatever the umask says. */
  private static void makePrivate(Path root) throws IOException {
    if (Files.isDirectory(root)) {
      return;
    }
    Path absolute = root.toAbsolutePath();
    if (absolute.getParent() != null) {
      Files.createDirectories(absolute.getParent());
    }
    boolean posix = absolute.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectory(absolute, privately(posix, "rwx------"));
  }

  /** Whether a process has the folder open now; false where there is none. */
  static boolean isInUse(Path root) throws IOException {
    try (FileChannel channel = FileChannel.open(root.resolve("LOCK"), StandardOpenOption.WRITE)) {
      @Nullable FileLock lock = channel.tryLock();
      return lock == null;
    } catch (NoSuchFileException e) {
      return false;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel = locked(root, StandardOpenOption.CREATE);
    channel.truncate(0);
    String pid = ProcessHandle.current().pid() + "\n";
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    return channel;
  }

  private static FileChannel locked(Path root, OpenOption how) throws IOException {
    Path file = root.resolve("LOCK");
    FileChannel channel =
        FileChannel.open(file, how, StandardOpenOption.READ, StandardOpenOption.WRITE);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      LOG.debug("{} is locked within this process", file, e);
    }
    if (lock == null) {
      ByteBuffer owner = ByteBuffer.allocate(32);
      channel.read(owner, 0);
      channel.close();
      throw new StoreOpenException(
          "the data directory "
              + root
              + " is in use by process "
              + StandardCharsets.US_ASCII.decode(owner.flip()).toString().strip()
              + "; stop that one first, or name another directory");
    }
    return channel;
  }

  private void checkFormat() throws IOException {
    Path file = root.resolve("FORMAT");
    if (!Files.exists(file)) {
      Path fresh = root.resolve("FORMAT.new");
      Files.writeString(fresh, FORMAT_NAME + FORMAT + "\n");
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(fresh, file);
      new FileDisk().syncDirectory(root);
      return;
    }
    String text = Files.readString(file).strip();
    int version;
    try {
      version =
          text.startsWith(FORMAT_NAME) ? Integer.parseInt(text.substring(FORMAT_NAME.length())) : 0;
    } catch (NumberFormatException e) {
      version = 0;
    }
    if (version > FORMAT) {
      throw new StoreOpenException(
          root
              + " has the store format "
              + version
              + ", written by a newer Postrider; this one reads format "
              + FORMAT
              + ". Start the newer release, or restore a backup made before the upgrade");
    }
    if (version < 1) {
      throw new StoreOpenException(
          file + " says '" + text + "', which is no format of a Postrider store");
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }

  private void makePrivateTemporary() throws IOException {
    if (Files.isDirectory(temporary())) {
      try (Stream<Path> left = Files.list(temporary())) {
        for (Path file : left.toList()) {
          Files.delete(file);
        }
      }
    } else {
      Files.createDirectory(temporary(), privately(posix, "rwx------"));
    }
  }

  private static FileAttribute<?>[] privately(boolean posix, String permissions) {
    if (!posix) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
  }

  /** A new empty file that only this user can read. */
  Path newDraftFile() throws IOException {
    return Files.createTempFile(temporary(), "draft", "", privately(posix, "rw-------"));
  }

  Path root() {
    return root;
  }

  Path segments() {
    return root.resolve("segments");
  }

  Path index() {
    return root.resolve("index");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  /** Releases the lock. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      LOG.warn("the lock of {} could not be released: {}", root, e.getMessage());
    }
  }
}
