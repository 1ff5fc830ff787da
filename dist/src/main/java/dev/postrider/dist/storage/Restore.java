package dev.postrider.dist.storage;

import dev.postrider.dist.home.Folders;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes a home from a backup. */
public final class Restore {
  private static final int LISTED = 20;

  private Restore() {}

  /**
   * Copies a backup to where nothing is yet, and checks each file on the way. The home appears at
   * once and whole, or not at all.
   *
   * @param from a backup, or a folder of backups, of which the newest is taken
   * @return the backup that was taken
   * @throws Refusal when the home holds something, or the backup is not what its manifest says
   */
  public static Path into(Home home, Path from) {
    try {
      Path backup = backup(from.toAbsolutePath().normalize());
      checkEmpty(home.directory());
      restore(backup, home.directory());
      return backup;
    } catch (IOException e) {
      throw new Refusal("the backup can't be restored: " + Reasons.of(e));
    }
  }

  private static Path backup(Path from) throws IOException {
    if (Files.isDirectory(from) && BackupFolder.isWhole(from)) {
      return from;
    }
    return new BackupFolder(from)
        .newest()
        .orElseThrow(
            () ->
                new Refusal(
                    "there is no backup in " + from + "; name a folder that 'backup' was given"));
  }

  private static void checkEmpty(Path home) throws IOException {
    if (!Files.exists(home)) {
      return;
    }
    if (!Files.isDirectory(home)) {
      throw new Refusal(home + " is no folder");
    }
    try (Stream<Path> all = Files.list(home)) {
      if (all.findAny().isPresent()) {
        throw new Refusal(home + " is not empty; name a folder that does not exist yet");
      }
    }
  }

  private static void restore(Path backup, Path home) throws IOException {
    Manifest manifest = Manifest.read(backup);
    Path parent = home.getParent();
    if (parent == null) {
      throw new Refusal(home + " can't be a home");
    }
    Files.createDirectories(parent);
    Path making = Files.createTempDirectory(parent, home.getFileName() + ".restoring");
    try {
      for (String tree : List.of("conf", "plugins", "data")) {
        if (Files.isDirectory(backup.resolve(tree))) {
          Folders.makeLike(backup.resolve(tree), making.resolve(tree));
        }
      }
      List<String> problems = copy(manifest, backup, making);
      if (!problems.isEmpty()) {
        throw new Refusal(problems);
      }
      Files.createFile(making.resolve("data").resolve("LOCK"));
      Folders.syncAll(making);
      Files.move(making, home, StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(parent);
    } finally {
      if (Files.exists(making)) {
        Folders.delete(making);
      }
    }
  }

  private static List<String> copy(Manifest manifest, Path backup, Path making) throws IOException {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, String> file : manifest.sums().entrySet()) {
      Path from = backup.resolve(file.getKey());
      if (!Files.isRegularFile(from)) {
        problems.add(from + " is missing; take another backup");
      } else if (!Manifest.copy(from, making.resolve(file.getKey())).equals(file.getValue())) {
        problems.add(from + " is not what the manifest says; take another backup");
      }
      if (problems.size() == LISTED) {
        break;
      }
    }
    return problems;
  }
}
