package dev.postrider.kernel.state;

import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Rows on the heap that end with the process. Thread: any. */
final class ForgottenRows implements StateRows {

  private record Key(String plugin, String key) {}

  private final Map<Key, StateValue> values = new ConcurrentHashMap<>();

  CommitResult commit(List<Change> changes) {
    changes.forEach(this::make);
    return new CommitResult.Committed();
  }

  private void make(Change change) {
    if (change instanceof Change.PutState(String plugin, String key, StateValue value)) {
      values.put(new Key(plugin, key), value);
    } else if (change instanceof Change.RemoveState(String plugin, String key)) {
      values.remove(new Key(plugin, key));
    }
  }

  @Override
  public Optional<StateValue> value(String plugin, String key) {
    return Optional.ofNullable(values.get(new Key(plugin, key)));
  }

  @Override
  public List<String> keys(String plugin, String prefix, String after, int limit) {
    return values.keySet().stream()
        .filter(each -> each.plugin().equals(plugin) && each.key().startsWith(prefix))
        .map(Key::key)
        .sorted(KeyOrder.OCTETS)
        .filter(key -> after.isEmpty() || KeyOrder.OCTETS.compare(key, after) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public long octets(String plugin) {
    return values.entrySet().stream()
        .filter(each -> each.getKey().plugin().equals(plugin))
        .mapToLong(each -> StoredState.size(each.getKey().key(), each.getValue()))
        .sum();
  }
}
