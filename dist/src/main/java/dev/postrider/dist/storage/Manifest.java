package dev.postrider.dist.storage;

import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.port.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The list of the files of a backup with their SHA-256, in the form that {@code sha256sum -c}
 * reads. The last line says how many there are.
 *
 * @param sums by the path from the folder of the backup
 */
record Manifest(SortedMap<String, String> sums) {
  static final String NAME = "manifest";
  private static final String TITLE = "# postrider backup 1";
  private static final String COUNT = "# files: ";
  private static final int SUM = 64;

  /** Copies a file and returns its sum. The copy is durable. */
  static String copy(Path from, Path to) throws IOException {
    MessageDigest digest = Sha256.begin();
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(from), digest)) {
      Files.copy(in, to);
    }
    try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    if (Files.getFileStore(to).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
    return Sha256.end(digest);
  }

  static String sum(Path file) throws IOException {
    MessageDigest digest = Sha256.begin();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] part = new byte[1 << 16];
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        digest.update(part, 0, count);
      }
    }
    return Sha256.end(digest);
  }

  /** Writes it, durably. */
  void write(Path backup) throws IOException {
    StringBuilder out = new StringBuilder(TITLE).append('\n');
    sums.forEach((path, sum) -> out.append(sum).append("  ").append(path).append('\n'));
    out.append(COUNT).append(sums.size()).append('\n');
    Path file = backup.resolve(NAME);
    Files.writeString(file, out);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Reads it.
   *
   * @throws Refusal where it is not whole, or names something outside of the backup
   */
  static Manifest read(Path backup) throws IOException {
    Path file = backup.resolve(NAME);
    SortedMap<String, String> sums = new TreeMap<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines) {
      if (!line.startsWith("#")) {
        if (line.length() <= SUM + 2 || !isInside(backup, line.substring(SUM + 2))) {
          throw new Refusal(file + " has a line that names no file of the backup: " + line);
        }
        sums.put(line.substring(SUM + 2), line.substring(0, SUM));
      }
    }
    if (lines.isEmpty()
        || !lines.getFirst().equals(TITLE)
        || !lines.getLast().equals(COUNT + sums.size())) {
      throw new Refusal(file + " is not a whole manifest of a backup; take another backup");
    }
    return new Manifest(sums);
  }

  private static boolean isInside(Path backup, String path) {
    Path file = backup.resolve(path).normalize();
    return file.startsWith(backup.normalize()) && !file.equals(backup.normalize());
  }
}
