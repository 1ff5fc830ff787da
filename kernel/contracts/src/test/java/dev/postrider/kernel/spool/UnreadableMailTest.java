package dev.postrider.kernel.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.MemoryStore;
import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.directory.Directory;
import dev.postrider.kernel.directory.DirectoryPolicy;
import dev.postrider.kernel.directory.DirectoryRows;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.Ledger;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.mailbox.MailStore;
import dev.postrider.kernel.outbound.OutboundPolicy;
import dev.postrider.kernel.outbound.OutboundQueue;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.state.StateRows;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.ContentDraft;
import dev.postrider.kernel.store.Store;
import dev.postrider.kernel.store.StoreWatcher;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Route;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rows of a mail are there and its octets can't be read. */
class UnreadableMailTest {
  private final VirtualTime time = new VirtualTime();
  private final Store store = new Damaged(new MemoryStore());
  private final SpoolRun runs =
      new SpoolRun(
          store,
          new PipelineEngine(PipelinePolicy.defaults(), time, time),
          new PlanCommit(
              new Directory(store.directory(), DirectoryPolicy.defaults()),
              request -> Optional.empty(),
              () -> "another",
              time,
              new Random(1),
              SpoolPolicy.defaults(),
              OutboundPolicy.defaults(),
              new Route.Direct()));

  private record Damaged(Store store) implements Store {
    @Override
    public MailStore mail() {
      return store.mail();
    }

    @Override
    public Spool spool() {
      return store.spool();
    }

    @Override
    public OutboundQueue outbound() {
      return store.outbound();
    }

    @Override
    public DirectoryRows directory() {
      return store.directory();
    }

    @Override
    public Ledger ledger() {
      return store.ledger();
    }

    @Override
    public StateRows state() {
      return store.state();
    }

    @Override
    public long room() {
      return store.room();
    }

    @Override
    public ContentDraft draft() {
      return store.draft();
    }

    @Override
    public Content open(StoredMessage message) {
      return new Content() {
        @Override
        public long size() {
          return message.size();
        }

        @Override
        public InputStream open(long offset) throws IOException {
          throw new IOException("damaged record");
        }
      };
    }

    @Override
    public CommitResult commit(Batch batch) {
      return store.commit(batch);
    }

    @Override
    public void watch(StoreWatcher watcher) {
      store.watch(watcher);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private SpoolEntry entry() {
    return store.spool().entry("m1").orElseThrow();
  }

  @Test
  void itIsTriedLessAndLessOftenAndHeldInTheEnd() {
    store.commit(Batch.of(Samples.spool("m1", time.instant(), "text")));

    assertThat(runs.run(entry(), new Pipeline(Map.of()))).isTrue();
    assertThat(entry().attempts()).isEqualTo(1);
    assertThat(entry().nextAttempt()).isAfter(time.instant());
    assertThat(entry().held()).isEmpty();

    time.advance(Duration.ofDays(6));
    assertThat(runs.run(entry(), new Pipeline(Map.of()))).isTrue();
    assertThat(entry().held()).contains("it can't be read: damaged record");
    assertThat(store.ledger().of("m1")).extracting(LedgerEntry::fate).contains(Fate.HELD);
  }
}
