package dev.postrider.kernel.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.Store;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The in-memory store keeps the contract. */
class MemoryStoreTest implements StoreContract {

  private final MemoryStore store = new MemoryStore();

  @Override
  public Store store() {
    return store;
  }

  @Test
  void anInjectedFailureIsUsedUpByOneCommitThatChangesNothing() {
    store.failNextCommit(new CommitResult.Full("no space"));

    assertThat(store.commit(Batch.of(Samples.append(Samples.ALICE, "1"))))
        .isEqualTo(new CommitResult.Full("no space"));
    assertThat(Samples.inbox(store, Samples.ALICE)).isEmpty();
    commit(Samples.append(Samples.ALICE, "1"));
    assertThat(store.committedBatches()).hasSize(1);
  }

  @Test
  void contentIsForgottenWithItsLastEntry() {
    commit(Samples.append(Samples.ALICE, "1"));
    assertThat(store.contentCount()).isEqualTo(1);

    commit(new Change.Expunge(MailboxName.inbox(Samples.ALICE), Set.of(1L)));

    assertThat(store.contentCount()).isZero();
  }
}
