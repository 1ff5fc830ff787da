package dev.postrider.dist.storage;

import dev.postrider.dist.home.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of backups: each in a folder named after its instant, complete by itself. One that is
 * being made, or whose making was cut short, has another name until it is whole.
 *
 * @param path of the folder; for the backups of one home
 */
record BackupFolder(Path path) {
  private static final String INCOMPLETE = "incomplete-";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** The newest backup that is whole. */
  Optional<Path> newest() throws IOException {
    if (!Files.isDirectory(path)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(BackupFolder::isWhole).max(Comparator.naturalOrder());
    }
  }

  /** Whether this is one backup, and whole. */
  static boolean isWhole(Path backup) {
    return Files.exists(backup.resolve(Manifest.NAME))
        && !backup.getFileName().toString().startsWith(INCOMPLETE);
  }

  /** An empty folder for a backup; what was cut short before is removed. */
  Path begin(Instant now) throws IOException {
    if (!Files.isDirectory(path)) {
      if (path.getParent() != null) {
        Files.createDirectories(path.getParent());
      }
      Folders.makePrivate(path);
    }
    try (Stream<Path> all = Files.list(path)) {
      for (Path left : all.toList()) {
        if (left.getFileName().toString().startsWith(INCOMPLETE)) {
          Folders.delete(left);
        }
      }
    }
    return Folders.makePrivate(path.resolve(INCOMPLETE + NAME.format(now)));
  }

  /** Gives a backup that is whole its name, durably; returns where it is then. */
  Path end(Path made) throws IOException {
    Path named = path.resolve(made.getFileName().toString().substring(INCOMPLETE.length()));
    Files.move(made, named, StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(path);
    return named;
  }
}
