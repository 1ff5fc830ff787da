package dev.postrider.kernel.contracts;

import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.Store;
import org.assertj.core.api.Assertions;

/** What every part of the contract needs: an empty store per test, closed by whoever made it. */
public interface StoreUnderTest {

  /** The same empty store throughout one test. */
  Store store();

  /** Commits and insists that it worked. */
  default void commit(Change... changes) {
    Assertions.assertThat(store().commit(Batch.of(changes)))
        .isInstanceOf(CommitResult.Committed.class);
  }
}
