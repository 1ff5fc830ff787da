package dev.postrider.plugin.service;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of a folder at one moment. Immutable; shown without what is in them.
 *
 * @since 1.1
 */
public final class SecretFiles {

  /** No files. */
  public static final SecretFiles NONE = new SecretFiles(Map.of());

  private final SortedMap<String, byte[]> files = new TreeMap<>();

  /** Files by name, {@code /} between folder and file; the octets are copied. */
  public SecretFiles(Map<String, byte[]> files) {
    files.forEach((name, octets) -> this.files.put(name, octets.clone()));
  }

  /** All names, in order. */
  public SortedSet<String> names() {
    return new TreeSet<>(files.keySet());
  }

  /** A copy of what is in a file. */
  public Optional<byte[]> get(String name) {
    return Optional.ofNullable(files.get(name)).map(byte[]::clone);
  }

  @Override
  public String toString() {
    return files.size() + " secret files";
  }
}
