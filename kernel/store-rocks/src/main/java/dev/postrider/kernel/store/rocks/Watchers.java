package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.StoreWatcher;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of commits. Added from any thread, told on the committer's. */
final class Watchers {

  private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

  private final List<StoreWatcher> watchers = new CopyOnWriteArrayList<>();

  void add(StoreWatcher watcher) {
    watchers.add(watcher);
  }

  /** A watcher that fails keeps nothing from the others. */
  void tell(Batch batch) {
    for (StoreWatcher watcher : watchers) {
      try {
        watcher.committed(batch);
      } catch (RuntimeException e) {
        LOG.error("a watcher of the store failed", e);
      }
    }
  }
}
