package dev.postrider.kernel.host.flight;

import dev.postrider.plugin.service.PluginState;
import java.util.List;
import java.util.Optional;

/**
 * A plugin's state whose answers go past {@link Outside}; a replay and a dry run change nothing.
 */
record ObservedState(PluginState state) implements PluginState {

  @Override
  public Optional<byte[]> get(String key) {
    return Outside.ask(Kind.STATE, () -> key, () -> state.get(key));
  }

  @Override
  public void put(String key, byte[] value) {
    Outside.change(
        () -> "put " + key,
        () -> {
          state.put(key, value);
          return true;
        });
  }

  @Override
  public boolean replace(String key, Optional<byte[]> expected, byte[] value) {
    return Outside.change(() -> "replace " + key, () -> state.replace(key, expected, value));
  }

  @Override
  public boolean remove(String key) {
    return Outside.change(() -> "remove " + key, () -> state.remove(key));
  }

  @Override
  public List<String> keys(String prefix, String after, int limit) {
    return Outside.ask(
        Kind.KEYS,
        () -> prefix + "\n" + after + "\n" + limit,
        () -> state.keys(prefix, after, limit));
  }
}
