package dev.postrider.kernel.host.secret;

import dev.postrider.plugin.service.SecretFiles;
import dev.postrider.plugin.service.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets in the folders of a directory. Looks for changes at most once a second, by names, sizes
 * and times. Thread: any.
 */
public final class SecretFolders implements Secrets {

  private static final Logger LOG = LoggerFactory.getLogger(SecretFolders.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final int DEPTH = 2;
  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private record Seen(long size, Instant changed, boolean open) {}

  private record Known(Instant lookedAt, Map<String, Seen> seen, SecretFiles files) {}

  private final Path directory;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** The folders of a directory. */
  public SecretFolders(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public SecretFiles folder(String folder) {
    if (folder.isEmpty() || !folder.chars().allMatch(SecretFolders::isOfName)) {
      throw new IllegalArgumentException(
          "'" + folder + "' is not the name of a folder in conf: letters, digits, - and _");
    }
    return known.compute(folder, (name, before) -> now(name, before)).files();
  }

  private Known now(String folder, @Nullable Known before) {
    Instant now = clock.instant();
    if (before != null && now.isBefore(before.lookedAt().plus(BETWEEN_LOOKS))) {
      return before;
    }
    Path root = directory.resolve(folder);
    try {
      Map<String, Seen> seen = look(root);
      return before != null && before.seen().equals(seen)
          ? new Known(now, seen, before.files())
          : new Known(now, seen, read(root, seen));
    } catch (IOException e) {
      LOG.warn(
          "the folder {} can't be read by this user: {}; {}",
          root,
          e.toString(),
          before == null ? "nothing in it is used" : "what was there before is used");
      return before == null
          ? new Known(now, Map.of(), SecretFiles.NONE)
          : new Known(now, before.seen(), before.files());
    }
  }

  private static Map<String, Seen> look(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return Map.of();
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(root, DEPTH)) {
      files = all.filter(Files::isRegularFile).sorted().limit(MAX_FILES).toList();
    }
    Map<String, Seen> seen = new HashMap<>();
    for (Path file : files) {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      seen.put(
          root.relativize(file).toString().replace('\\', '/'),
          new Seen(attributes.size(), attributes.lastModifiedTime().toInstant(), isOpen(file)));
    }
    return seen;
  }

  private static SecretFiles read(Path root, Map<String, Seen> seen) {
    Map<String, byte[]> files = new HashMap<>();
    seen.forEach(
        (name, file) -> {
          if (file.open()) {
            LOG.warn(
                "{} is left out: others may read it; 'chmod 600' mends it", root.resolve(name));
          } else if (file.size() > MAX_FILE) {
            LOG.warn("{} is left out: it is larger than a secret is", root.resolve(name));
          } else {
            try {
              files.put(name, Files.readAllBytes(root.resolve(name)));
            } catch (IOException e) {
              LOG.warn("{} is left out: it can't be read", root.resolve(name), e);
            }
          }
        });
    return files.isEmpty() ? SecretFiles.NONE : new SecretFiles(files);
  }

  private static boolean isOpen(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> modes = new HashSet<>(Files.getPosixFilePermissions(file));
    modes.retainAll(OF_OTHERS);
    return !modes.isEmpty();
  }

  private static boolean isOfName(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
