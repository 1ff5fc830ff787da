package dev.postrider.dist.install;

import dev.postrider.dist.home.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A plugin as it is handed over: a jar, or a zip or a folder with jars in it, at any depth. What
 * else is in there is left out.
 *
 * @param path where it is
 * @param largest octets of all of its jars together, unpacked
 */
record PluginArchive(Path path, long largest) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern VERSION = Pattern.compile("-\\d.*");
  private static final long LARGEST = 512L * 1024 * 1024;
  private static final int MOST_ENTRIES = 10_000;

  /** One of at most 512 MB. */
  PluginArchive(Path path) {
    this(path, LARGEST);
  }

  /**
   * The name of the plugin.
   *
   * @param asked what it shall be; where that is empty, that of the file without its version
   * @throws Refusal when it can't be the name of a plugin
   */
  String name(String asked) {
    String file = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    String bare =
        file.endsWith(".jar") || file.endsWith(".zip")
            ? file.substring(0, file.length() - 4)
            : file;
    return checked(asked.isEmpty() ? VERSION.matcher(bare).replaceFirst("") : asked);
  }

  /**
   * The name, after a look.
   *
   * @throws Refusal when it can't be the name of a plugin
   */
  static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Refusal(
          "'"
              + name
              + "' can't be the name of a plugin; it has letters, digits, -, _ and . and begins with"
              + " a letter or digit");
    }
    return name;
  }

  /**
   * Copies its jars.
   *
   * @throws Refusal when it holds none, or what does not belong into an archive
   */
  void unpack(Path into) throws IOException {
    String name = path.toString();
    if (Files.isDirectory(path)) {
      unpackFolder(into);
    } else if (!Files.isRegularFile(path)) {
      throw new Refusal("there is no file " + path);
    } else if (name.endsWith(".jar")) {
      copy(path, into);
    } else if (name.endsWith(".zip")) {
      unpackZip(into);
    } else {
      throw new Refusal(path + " is no plugin: neither a jar, nor a zip or folder with jars");
    }
    try (Stream<Path> jars = Files.list(into)) {
      if (jars.findAny().isEmpty()) {
        throw new Refusal(path + " is no plugin: there is no jar in it");
      }
    }
  }

  private void unpackFolder(Path into) throws IOException {
    try (Stream<Path> all = Files.walk(path.toRealPath())) {
      for (Path each : all.toList()) {
        if (Files.isSymbolicLink(each)) {
          throw new Refusal(each + " is a link; a plugin holds its jars itself");
        }
        if (isJar(each.toString()) && Files.isRegularFile(each)) {
          copy(each, into);
        }
      }
    }
  }

  private void unpackZip(Path into) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      if (entries.size() > MOST_ENTRIES) {
        throw new Refusal(path + " has more than " + MOST_ENTRIES + " entries");
      }
      long left = largest;
      for (ZipEntry entry : entries) {
        Path inside = inside(entry.getName());
        if (isJar(entry.getName()) && !entry.isDirectory()) {
          try (InputStream in = zip.getInputStream(entry)) {
            left -= write(in, target(into, inside), left);
          }
        }
      }
    }
  }

  private Path inside(String entry) {
    try {
      Path inside = Path.of(entry);
      if (!inside.isAbsolute() && !inside.normalize().startsWith("..") && !entry.contains("\\")) {
        return inside;
      }
    } catch (InvalidPathException e) {
      throw new Refusal("%s has an entry without a possible name: %s".formatted(path, entry));
    }
    throw new Refusal("%s has an entry that leads out of it: %s".formatted(path, entry));
  }

  private void copy(Path jar, Path into) throws IOException {
    try (InputStream in = Files.newInputStream(jar)) {
      write(in, target(into, jar), largest);
    }
  }

  private Path target(Path into, Path jar) {
    return into.resolve(String.valueOf(jar.getFileName()));
  }

  private long write(InputStream in, Path target, long most) throws IOException {
    long written;
    try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      written = in.transferTo(new Bounded(out, most, this));
    } catch (FileAlreadyExistsException e) {
      throw new Refusal(path + " has two jars of the name " + target.getFileName());
    }
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return written;
  }

  private static boolean isJar(String name) {
    return name.endsWith(".jar");
  }

  /** Takes so many octets at most. */
  private static final class Bounded extends OutputStream {
    private final OutputStream out;
    private final PluginArchive archive;
    private long left;

    Bounded(OutputStream out, long most, PluginArchive archive) {
      this.out = out;
      this.left = most;
      this.archive = archive;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int count) throws IOException {
      left -= count;
      if (left < 0) {
        throw new Refusal(
            archive.path + " holds more than " + archive.largest / 1024 / 1024 + " MB of jars");
      }
      out.write(octets, from, count);
    }
  }
}
