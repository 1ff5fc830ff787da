package dev.postrider.kernel.store;

/**
 * Is told what was committed. Called on the committer's thread right after the commit: must return
 * at once and never call the store.
 */
@FunctionalInterface
public interface StoreWatcher {

  /** These changes are durable now. */
  void committed(Batch batch);
}
