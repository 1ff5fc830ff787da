package dev.postrider.dist.install;

import dev.postrider.dist.home.Folders;
import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.host.plugin.PluginDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plugins of a home, open for changes by one command at a time. Whoever reads them meanwhile,
 * or after the command was killed at any point, sees the old or the new state of each, see {@link
 * PluginDirectory#REPLACED}. What a killed command left is cleared when the folder is opened again.
 * Thread: one.
 */
final class PluginFolder implements AutoCloseable {

  private final Path plugins;
  private final Path fresh;
  private final Path replaced;
  private final Path removed;
  private final FileChannel lock;

  private PluginFolder(Path plugins, FileChannel lock) {
    this.plugins = plugins;
    this.fresh = plugins.resolve(".install/new");
    this.replaced = plugins.resolve(PluginDirectory.REPLACED);
    this.removed = plugins.resolve(".install/gone");
    this.lock = lock;
  }

  /**
   * Opens it, made where it is missing.
   *
   * @throws Refusal when another command has it open
   */
  @SuppressWarnings("resource") // the lock ends with the channel, the channel with the folder
  static PluginFolder open(Path plugins) throws IOException {
    Path file = Files.createDirectories(plugins.resolve(".install")).resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new Refusal("another command is changing the plugins in " + plugins + "; try again");
    }
    PluginFolder folder = new PluginFolder(plugins, channel);
    folder.settle();
    return folder;
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // by a thread of this process
    }
  }

  /** Whether there is a plugin of this name. */
  boolean has(String name) {
    return Files.isDirectory(plugins.resolve(name));
  }

  /** An empty folder for the jars of a plugin that nobody sees yet. */
  Path stage(String name) throws IOException {
    return Files.createDirectories(fresh.resolve(name));
  }

  /** Shows what was staged, in the place of what had the name. */
  void put(String name) throws IOException {
    Folders.syncAll(fresh.resolve(name));
    if (has(name)) {
      move(plugins, name, replaced);
    }
    move(fresh, name, plugins);
  }

  /** Takes back what {@link #put} did, which was the last thing done. */
  void takeBack(String name) throws IOException {
    move(plugins, name, removed);
    settle();
  }

  /** Hides a plugin. */
  void remove(String name) throws IOException {
    move(plugins, name, removed);
  }

  /** Takes back what {@link #remove} did, which was the last thing done. */
  void putBack(String name) throws IOException {
    move(removed, name, plugins);
  }

  private static void move(Path from, String name, Path to) throws IOException {
    Files.createDirectories(to);
    Files.move(from.resolve(name), to.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(to);
    Folders.sync(from);
  }

  private void settle() throws IOException {
    for (Path old : all(replaced)) {
      String name = String.valueOf(old.getFileName());
      if (has(name)) {
        Folders.delete(old);
      } else {
        move(replaced, name, plugins);
      }
    }
    for (Path left : Stream.concat(all(fresh).stream(), all(removed).stream()).toList()) {
      Folders.delete(left);
    }
  }

  private static List<Path> all(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.toList();
    }
  }

  /** Makes what was done final. */
  @Override
  public void close() throws IOException {
    try {
      settle();
    } finally {
      lock.close();
    }
  }
}
