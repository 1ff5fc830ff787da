package dev.postrider.plugin.testkit;

import dev.postrider.plugin.service.PluginState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A state on the heap with the limits of the real one, which can be made to fail. Thread-safe. */
public final class InMemoryState implements PluginState {

  private final NavigableMap<String, byte[]> values =
      new TreeMap<>((one, other) -> Arrays.compareUnsigned(utf8(one), utf8(other)));
  private @Nullable String failure;

  /** An empty one. */
  public InMemoryState() {}

  /** From now on changes fail with this reason, as with a full disk. */
  public synchronized InMemoryState failing(String reason) {
    failure = reason;
    return this;
  }

  @Override
  public synchronized Optional<byte[]> get(String key) {
    check(key);
    return Optional.ofNullable(values.get(key)).map(byte[]::clone);
  }

  @Override
  public synchronized void put(String key, byte[] value) {
    check(key);
    if (value.length > MAX_VALUE) {
      throw new IllegalArgumentException("a value has at most " + MAX_VALUE + " octets");
    }
    long others =
        values.entrySet().stream()
            .filter(each -> !each.getKey().equals(key))
            .mapToLong(each -> utf8(each.getKey()).length + (long) each.getValue().length)
            .sum();
    if (others + utf8(key).length + value.length > MAX_TOTAL) {
      throw new Unavailable("the plugin has too much state");
    }
    change();
    values.put(key, value.clone());
  }

  @Override
  public synchronized boolean replace(String key, Optional<byte[]> expected, byte[] value) {
    if (!Arrays.equals(get(key).orElse(null), expected.orElse(null))) {
      return false;
    }
    put(key, value);
    return true;
  }

  @Override
  public synchronized boolean remove(String key) {
    check(key);
    change();
    return values.remove(key) != null;
  }

  @Override
  public synchronized List<String> keys(String prefix, String after, int limit) {
    return values.tailMap(after, false).keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .limit(limit)
        .toList();
  }

  private void change() {
    if (failure != null) {
      throw new Unavailable(failure);
    }
  }

  private static void check(String key) {
    int octets = utf8(key).length;
    if (octets < 1 || octets > MAX_KEY) {
      throw new IllegalArgumentException("a key has 1 to " + MAX_KEY + " octets, not " + octets);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
