package dev.postrider.dist.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What backups do with folders. */
public final class Folders {

  private Folders() {}

  /** Makes a folder that only its owner can read. */
  public static Path makePrivate(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
        : Files.createDirectory(folder);
  }

  /** Makes folders as they are elsewhere, with their modes. */
  public static void makeLike(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
      for (Path folder : all.filter(Files::isDirectory).toList()) {
        Path made = to.resolve(from.relativize(folder).toString());
        Files.createDirectories(made);
        if (Files.getFileStore(made).supportsFileAttributeView(PosixFileAttributeView.class)) {
          Files.setPosixFilePermissions(made, Files.getPosixFilePermissions(folder));
        }
      }
    }
  }

  /** All files below, links followed. */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Makes the names in all folders below durable. */
  public static void syncAll(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path folder : all.filter(Files::isDirectory).toList()) {
        sync(folder);
      }
    }
  }

  /** Makes the names in a folder durable. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  public static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
