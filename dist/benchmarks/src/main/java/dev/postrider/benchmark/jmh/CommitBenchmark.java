package dev.postrider.benchmark.jmh;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.rocks.RocksStore;
import dev.postrider.kernel.store.rocks.RocksStoreOptions;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Deliveries of 4 KB into a mailbox of the embedded store, synced. */
@State(Scope.Benchmark)
public class CommitBenchmark {

  private final Content content = Content.of(Letter.octets());
  private Path directory = Path.of("");
  private List<RocksStore> store = List.of();

  /** Opens a new store. */
  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory("postrider-commit");
    store = List.of(RocksStore.open(directory, RocksStoreOptions.defaults(InstantSource.system())));
  }

  /** Removes it. */
  @TearDown
  public void close() throws IOException {
    store.getFirst().close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** One at a time: each waits for a sync of its own. */
  @Benchmark
  @Threads(1)
  public CommitResult alone() {
    return commit();
  }

  /** Fifty at a time, which share syncs; the figure is that of one delivery, waiting included. */
  @Benchmark
  @Threads(50)
  public CommitResult amongFifty() {
    return commit();
  }

  private CommitResult commit() {
    NewMessage message = new NewMessage.Fresh("Return-Path: <>\r\n", content, 0);
    CommitResult result =
        store
            .getFirst()
            .commit(
                Batch.of(
                    new Change.Append(
                        MailboxName.inbox(Samples.BOB), message, Instant.now(), Set.of())));
    if (!(result instanceof CommitResult.Committed)) {
      throw new IllegalStateException("not committed: " + result);
    }
    return result;
  }
}
