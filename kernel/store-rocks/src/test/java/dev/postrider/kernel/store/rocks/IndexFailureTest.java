package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.mailbox.MailboxMessage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index fails while the store is running. */
class IndexFailureTest {

  @TempDir Path directory;

  @Test
  void aGroupThatTheIndexDidNotTakeIsAppliedFromTheSegmentAndThenAcknowledged() throws IOException {
    try (RocksStore store = Stores.open(directory)) {
      Stores.fill(store, 1, 3);
      int before = Samples.inbox(store, Samples.ALICE).size();
      store.index().shut();

      Stores.commit(store, Samples.append(Samples.ALICE, "through"));

      assertThat(Samples.inbox(store, Samples.ALICE)).hasSize(before + 1);
      Stores.commit(store, Samples.append(Samples.ALICE, "next"));
      assertThat(Samples.inbox(store, Samples.ALICE))
          .extracting(MailboxMessage::uid)
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }
}
