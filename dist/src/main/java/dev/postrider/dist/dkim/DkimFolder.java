package dev.postrider.dist.dkim;

import dev.postrider.dist.home.Folders;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.plugin.Domains;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The DKIM keys of a home: {@code conf/dkim/DOMAIN/SELECTOR.pem} signs, {@code
 * SELECTOR.retired.pem} only is published. Each file holds the private and the public key. A
 * running server sees a change within a second or two.
 */
public final class DkimFolder {

  private static final String SUFFIX = ".pem";
  private static final String RETIRED = ".retired.pem";
  private static final int RSA_BITS = 2048;
  private static final int ED25519_OCTETS = 32;

  private final Path conf;
  private final Path folder;

  /** The keys of a home. */
  public DkimFolder(Home home) {
    this.conf = home.conf();
    this.folder = conf.resolve("dkim");
  }

  /** All keys, by domain and selector. */
  public List<DkimKey> list() {
    try {
      List<DkimKey> keys = new ArrayList<>();
      for (Path domain : children(folder)) {
        if (Files.isDirectory(domain)) {
          keys.addAll(list(domain.getFileName().toString()));
        }
      }
      return keys;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The keys of a domain; none where it has none. */
  public List<DkimKey> list(String domain) {
    String name = normalised(domain);
    try {
      List<DkimKey> keys = new ArrayList<>();
      for (Path file : children(folder.resolve(name))) {
        if (file.toString().endsWith(SUFFIX)) {
          keys.add(read(name, file));
        }
      }
      return keys;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Makes a new key of each type, which signs from now on, and retires those that signed before.
   *
   * @param types {@code rsa}, {@code ed25519} or both
   * @return the new keys
   */
  public List<DkimKey> rotate(String domain, Set<String> types, LocalDate today) {
    String name = normalised(domain);
    List<DkimKey> before = list(name);
    List<DkimKey> made = new ArrayList<>();
    try {
      Files.createDirectories(conf);
      for (Path each : List.of(folder, folder.resolve(name))) {
        if (!Files.isDirectory(each)) {
          Files.createDirectory(each, mode(each, "rwx------"));
          ownedAs(conf, each);
        }
      }
      for (String type : types) {
        made.add(make(name, selector(before, type, today), type));
      }
      for (DkimKey old : before) {
        if (old.state() == DkimKey.State.SIGNING && types.contains(old.type())) {
          Path file = folder.resolve(name).resolve(old.selector() + SUFFIX);
          Files.move(file, file.resolveSibling(old.selector() + RETIRED));
        }
      }
      Folders.sync(folder.resolve(name));
      return made;
    } catch (IOException e) {
      throw new Refusal("the keys of " + name + " can't be written: " + Reasons.of(e));
    }
  }

  /**
   * Removes retired keys.
   *
   * @param selector the one to remove; empty for all retired ones of the domain
   * @return what was removed
   */
  public List<DkimKey> remove(String domain, String selector) {
    List<DkimKey> keys =
        list(domain).stream()
            .filter(key -> selector.isEmpty() || key.selector().equals(selector))
            .filter(key -> !selector.isEmpty() || key.state() == DkimKey.State.RETIRED)
            .toList();
    if (keys.isEmpty()) {
      throw new Refusal(
          selector.isEmpty()
              ? domain + " has no retired key; 'postrider dkim list' shows all"
              : domain + " has no key " + selector + "; 'postrider dkim list' shows all");
    }
    try {
      for (DkimKey key : keys) {
        if (key.state() == DkimKey.State.SIGNING) {
          throw new Refusal(
              "mail is signed with "
                  + key.name()
                  + "; 'postrider dkim rotate "
                  + domain
                  + "' makes another key first");
        }
        Files.delete(folder.resolve(key.domain()).resolve(key.selector() + RETIRED));
      }
      return keys;
    } catch (IOException e) {
      throw new Refusal("the keys of " + domain + " can't be removed: " + Reasons.of(e));
    }
  }

  private DkimKey make(String domain, String selector, String type) throws IOException {
    try {
      boolean rsa = type.equals("rsa");
      KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "Ed25519");
      if (rsa) {
        generator.initialize(RSA_BITS);
      }
      KeyPair pair = generator.generateKeyPair();
      Path file = folder.resolve(domain).resolve(selector + SUFFIX);
      write(file, KeyPem.of(pair));
      return read(domain, file);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK makes " + type + " keys", e);
    }
  }

  private void write(Path file, String text) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel out = FileChannel.open(file, options, mode(file, "rw-------"))) {
      ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (octets.hasRemaining()) {
        out.write(octets);
      }
      out.force(true);
    }
    ownedAs(conf, file);
  }

  // Root may keep the keys of a server that runs as somebody else.
  private static void ownedAs(Path model, Path file) throws IOException {
    if (!Files.getOwner(model).equals(Files.getOwner(file))) {
      Files.setOwner(file, Files.getOwner(model));
    }
  }

  private static DkimKey read(String domain, Path file) throws IOException {
    String name = file.getFileName().toString();
    boolean retired = name.endsWith(RETIRED);
    String selector = name.substring(0, name.length() - (retired ? RETIRED : SUFFIX).length());
    byte[] key = publicKey(file);
    boolean rsa = key.length > 2 * ED25519_OCTETS;
    byte[] published = rsa ? key : Arrays.copyOfRange(key, key.length - ED25519_OCTETS, key.length);
    String type = rsa ? "rsa" : "ed25519";
    String p = Base64.getEncoder().encodeToString(published);
    return new DkimKey(
        domain,
        selector,
        type,
        retired ? DkimKey.State.RETIRED : DkimKey.State.SIGNING,
        "v=DKIM1; k=" + type + "; p=" + p);
  }

  private static byte[] publicKey(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return KeyPem.publicKey(text)
        .orElseThrow(
            () ->
                new Refusal(
                    file
                        + " holds no key: a block PRIVATE KEY (PKCS #8), and for Ed25519 a block"
                        + " PUBLIC KEY too"));
  }

  private static String selector(List<DkimKey> taken, String type, LocalDate today) {
    String day = today.format(DateTimeFormatter.BASIC_ISO_DATE);
    for (int i = 0; ; i++) {
      String selector = day + (i == 0 ? "" : "-" + (i + 1)) + "-" + type;
      if (taken.stream().noneMatch(key -> key.selector().equals(selector))) {
        return selector;
      }
    }
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static List<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.sorted().toList();
    }
  }

  private static String normalised(String domain) {
    try {
      return Domains.normalise(domain);
    } catch (IllegalArgumentException e) {
      throw new Refusal(String.valueOf(e.getMessage()));
    }
  }

  private Refusal unreadable(IOException e) {
    return new Refusal("the keys in " + folder + " can't be read: " + Reasons.of(e));
  }
}
