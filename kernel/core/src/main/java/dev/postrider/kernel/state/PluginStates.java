package dev.postrider.kernel.state;

import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.service.PluginState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state of each plugin on one store. One for the life of the store, also across reloads of the
 * pipeline: it keeps changes of one key apart. Thread: any.
 */
public final class PluginStates {

  private final StateRows rows;
  private final StoredState.Commit commit;
  private final Map<String, StoredState> states = new ConcurrentHashMap<>();

  /** On these rows, changed by this commit. */
  PluginStates(StateRows rows, StoredState.Commit commit) {
    this.rows = rows;
    this.commit = commit;
  }

  /** Durable states in a store. */
  public static PluginStates in(Store store) {
    return new PluginStates(store.state(), changes -> store.commit(new Batch(changes)));
  }

  /** Empty states that are forgotten, for looking a pipeline over without its store. */
  public static PluginStates forgotten() {
    ForgottenRows rows = new ForgottenRows();
    return new PluginStates(rows, rows::commit);
  }

  /** The state of a plugin. */
  public PluginState of(String plugin) {
    return stored(plugin);
  }

  /**
   * Makes changes, and makes a plugin forget keys, all of it in one step.
   *
   * @param used the keys, and the values that they must still have
   * @return whether it was done; false where a key has another value by now
   * @throws PluginState.Unavailable where the store can't take it
   */
  public boolean commit(String plugin, Map<String, byte[]> used, List<Change> changes) {
    return stored(plugin).removeWith(used, changes);
  }

  private StoredState stored(String plugin) {
    return states.computeIfAbsent(plugin, name -> new StoredState(name, rows, commit));
  }
}
