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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The DKIM keys of a home: {@code conf/dkim/DOMAIN/SELECTOR.pem} signs, {@code
 * SELECTOR.prepared.pem} and {@code SELECTOR.retired.pem} only are published. Each file holds the
 * private and the public key. A running server sees a change within a second or two.
 */
public final class DkimFolder {

  private static final String SUFFIX = ".pem";
  private static final String PREPARED = ".prepared.pem";
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
   * Makes a new key of each type. Where the domain has one of the type that signs, the new one is
   * prepared and signs when it is activated; else it signs from now on.
   *
   * @param types {@code rsa}, {@code ed25519} or both
   * @return the new keys
   */
  public List<DkimKey> prepare(String domain, Set<String> types, LocalDate today) {
    List<DkimKey> before = list(domain);
    for (DkimKey key : before) {
      if (key.state() == DkimKey.State.PREPARED && types.contains(key.type())) {
        throw new Refusal(
            "%s is prepared already: publish it, then 'postrider dkim activate %s', or remove it"
                .formatted(key.name(), key.domain()));
      }
    }
    Set<String> signing =
        before.stream()
            .filter(key -> key.state() == DkimKey.State.SIGNING)
            .map(DkimKey::type)
            .collect(Collectors.toSet());
    return changed(
        domain,
        name -> {
          List<DkimKey> made = new ArrayList<>();
          for (String type : types) {
            String suffix = signing.contains(type) ? PREPARED : SUFFIX;
            made.add(make(name, selector(before, type, today), type, suffix));
          }
          return made;
        });
  }

  /**
   * Makes a new key of each type, which signs from now on, and retires those that signed before.
   *
   * @param types {@code rsa}, {@code ed25519} or both
   * @return the new keys
   */
  public List<DkimKey> rotate(String domain, Set<String> types, LocalDate today) {
    List<DkimKey> before = list(domain);
    return changed(
        domain,
        name -> {
          List<DkimKey> made = new ArrayList<>();
          for (String type : types) {
            made.add(make(name, selector(before, type, today), type, SUFFIX));
          }
          retire(before, types);
          return made;
        });
  }

  /**
   * Lets prepared keys sign from now on, and retires those of their types that signed before.
   *
   * @return the keys that sign now
   */
  public List<DkimKey> activate(List<DkimKey> prepared) {
    String domain = prepared.getFirst().domain();
    List<DkimKey> before = list(domain);
    return changed(
        domain,
        name -> {
          List<DkimKey> active = new ArrayList<>();
          Set<String> types = new HashSet<>();
          for (DkimKey key : prepared) {
            Path file = file(key, PREPARED);
            active.add(read(name, Files.move(file, file(key, SUFFIX))));
            types.add(key.type());
          }
          retire(before, types);
          return active;
        });
  }

  // After the new ones sign: mail that is sent in between has two signatures, not none.
  private void retire(List<DkimKey> keys, Set<String> types) throws IOException {
    for (DkimKey old : keys) {
      if (old.state() == DkimKey.State.SIGNING && types.contains(old.type())) {
        Files.move(file(old, SUFFIX), file(old, RETIRED));
      }
    }
  }

  private Path file(DkimKey key, String suffix) {
    return folder.resolve(key.domain()).resolve(key.selector() + suffix);
  }

  private interface Changing {
    List<DkimKey> in(String domain) throws IOException;
  }

  private List<DkimKey> changed(String domain, Changing change) {
    String name = normalised(domain);
    try {
      Files.createDirectories(conf);
      for (Path each : List.of(folder, folder.resolve(name))) {
        if (!Files.isDirectory(each)) {
          Files.createDirectory(each, mode(each, "rwx------"));
          ownedAs(conf, each);
        }
      }
      List<DkimKey> changed = change.in(name);
      Folders.sync(folder.resolve(name));
      return changed;
    } catch (IOException e) {
      throw new Refusal("the keys of " + name + " can't be written: " + Reasons.of(e));
    }
  }

  /**
   * Removes keys that don't sign.
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
        Files.delete(file(key, key.state() == DkimKey.State.PREPARED ? PREPARED : RETIRED));
      }
      return keys;
    } catch (IOException e) {
      throw new Refusal("the keys of " + domain + " can't be removed: " + Reasons.of(e));
    }
  }

  private DkimKey make(String domain, String selector, String type, String suffix)
      throws IOException {
    try {
      boolean rsa = type.equals("rsa");
      KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "Ed25519");
      if (rsa) {
        generator.initialize(RSA_BITS);
      }
      KeyPair pair = generator.generateKeyPair();
      Path file = folder.resolve(domain).resolve(selector + suffix);
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
    DkimKey.State state =
        name.endsWith(RETIRED)
            ? DkimKey.State.RETIRED
            : name.endsWith(PREPARED) ? DkimKey.State.PREPARED : DkimKey.State.SIGNING;
    String suffix =
        switch (state) {
          case PREPARED -> PREPARED;
          case SIGNING -> SUFFIX;
          case RETIRED -> RETIRED;
        };
    String selector = name.substring(0, name.length() - suffix.length());
    byte[] key = publicKey(file);
    boolean rsa = key.length > 2 * ED25519_OCTETS;
    byte[] published = rsa ? key : Arrays.copyOfRange(key, key.length - ED25519_OCTETS, key.length);
    String type = rsa ? "rsa" : "ed25519";
    String p = Base64.getEncoder().encodeToString(published);
    return new DkimKey(domain, selector, type, state, "v=DKIM1; k=" + type + "; p=" + p);
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
