package dev.postrider.dist.storage;

import dev.postrider.dist.home.Folders;
import dev.postrider.dist.home.Reasons;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Backups;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.store.rocks.BackupReport;
import dev.postrider.kernel.store.rocks.RocksStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups of a home: {@code conf/}, {@code plugins/} and the store, with a manifest. */
public final class HomeBackups implements Backups {
  private static final Logger LOG = LoggerFactory.getLogger(HomeBackups.class);
  private static final List<String> TREES = List.of("conf", "plugins");

  private final ServerConfig config;
  private final RocksStore store;
  private final InstantSource clock;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  public HomeBackups(ServerConfig config, RocksStore store, InstantSource clock) {
    this.config = config;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public AdminAnswer backup(String directory) {
    Path path;
    try {
      path = Path.of(directory).normalize();
    } catch (InvalidPathException e) {
      return AdminAnswer.invalid("'" + directory + "' is no path: " + e.getReason());
    }
    if (!path.isAbsolute() || path.getParent() == null) {
      return AdminAnswer.invalid("'" + directory + "' is no absolute path of a folder");
    }
    if (TREES.stream().anyMatch(tree -> path.startsWith(config.home().resolve(tree)))
        || path.startsWith(config.storage().directory())) {
      return AdminAnswer.invalid(path + " is part of what is backed up; name another folder");
    }
    if (!oneAtATime.tryLock()) {
      return AdminAnswer.conflict("a backup is being made already");
    }
    try {
      return new AdminAnswer.Done(backup(new BackupFolder(path)));
    } catch (IOException e) {
      LOG.error("the backup to {} failed: {}", path, Reasons.of(e));
      LOG.debug("where it failed", e);
      return new AdminAnswer.Refused(
          AdminAnswer.Reason.STORAGE,
          "the backup to " + path + " failed: " + Reasons.of(e) + "; earlier ones are untouched");
    } finally {
      oneAtATime.unlock();
    }
  }

  private String backup(BackupFolder folder) throws IOException {
    Optional<Path> previous = folder.newest();
    Path making = folder.begin(clock.instant());
    SortedMap<String, String> sums = new TreeMap<>();
    for (String tree : TREES) {
      Path from = config.home().resolve(tree);
      if (Files.isDirectory(from)) {
        copy(from, making.resolve(tree), making, sums);
      }
    }
    Path data = making.resolve("data");
    BackupReport report = store.backup(data, previous.map(old -> old.resolve("data")));
    sum(data, making, previous, sums);
    new Manifest(sums).write(making);
    Folders.syncAll(making);
    Path made = folder.end(making);
    LOG.info("backup {} was made: {}", made, report);
    return told(made, report);
  }

  private static void copy(Path from, Path to, Path root, SortedMap<String, String> sums)
      throws IOException {
    Folders.makeLike(from, to);
    for (Path file : Folders.files(from)) {
      Path copy = to.resolve(from.relativize(file).toString());
      sums.put(name(root, copy), Manifest.copy(file, copy));
    }
  }

  // What is the same file as in the backup before was read for that one.
  private static void sum(
      Path data, Path root, Optional<Path> previous, SortedMap<String, String> sums)
      throws IOException {
    SortedMap<String, String> known =
        previous.isPresent() ? Manifest.read(previous.get()).sums() : new TreeMap<>();
    for (Path file : Folders.files(data)) {
      String name = name(root, file);
      String before = known.get(name);
      boolean same =
          previous.isPresent()
              && before != null
              && Files.exists(previous.get().resolve(name))
              && Files.isSameFile(previous.get().resolve(name), file);
      sums.put(name, before != null && same ? before : Manifest.sum(file));
    }
  }

  private static String name(Path root, Path file) throws IOException {
    String name = root.relativize(file).toString();
    if (name.indexOf('\n') >= 0 || name.indexOf('\\') >= 0) {
      throw new IOException("the name of " + file + " can't be put into a manifest; rename it");
    }
    return name;
  }

  private static String told(Path made, BackupReport report) {
    String text =
        "%s holds %d octets of mail: %d segments were copied, %d are shared with the backup before"
            .formatted(made, report.octets(), report.copied(), report.reused());
    return report.shared() == 0
        ? text
        : text
            + ", "
            + report.shared()
            + " with the store.\nIt is on the device of the store: it helps against a mistake, not"
            + " against the loss of the disk. Copy it elsewhere.";
  }
}
