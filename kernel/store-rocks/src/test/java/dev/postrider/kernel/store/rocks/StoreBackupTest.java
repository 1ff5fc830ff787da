package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a store that is in use is a store. */
class StoreBackupTest {
  @TempDir Path directory;

  private Path copyOf(String backup) throws IOException {
    Path copy = directory.resolve(backup + "-restored");
    Stores.copyTree(directory.resolve(backup), copy);
    Files.createFile(copy.resolve("LOCK"));
    return copy;
  }

  @Test
  void theCopyHoldsWhatTheStoreHeldAndTheStoreGoesOn() throws IOException {
    List<String> before;
    try (RocksStore store = Stores.open(directory.resolve("data"))) {
      Stores.fill(store, 1, 15);
      store.compact();
      Stores.fill(store, 2, 15);
      before = Dump.of(store);

      BackupReport report = store.backup(directory.resolve("b1"), Optional.empty());

      assertThat(report.shared()).isPositive();
      assertThat(report.copied()).isEqualTo(1);
      Stores.fill(store, 3, 15);
      store.compact();
    }
    Path copy = copyOf("b1");
    assertThat(StoreVerification.of(copy, Stores.options()).findings()).isEmpty();
    try (RocksStore restored = Stores.open(copy)) {
      assertThat(Dump.of(restored)).isEqualTo(before);
      Stores.fill(restored, 4, 3);
    }
    assertThat(StoreVerification.of(directory.resolve("data"), Stores.options()).findings())
        .isEmpty();
  }

  @Test
  void aSecondCopySharesTheSegmentsOfTheFirst() throws IOException {
    try (RocksStore store = Stores.open(directory.resolve("data"))) {
      Stores.fill(store, 1, 15);
      BackupReport first = store.backup(directory.resolve("b1"), Optional.empty());
      Stores.fill(store, 2, 5);
      BackupReport second =
          store.backup(directory.resolve("b2"), Optional.of(directory.resolve("b1")));

      assertThat(second.reused()).isEqualTo(first.shared());
      assertThat(second.copied()).isEqualTo(1);
      assertThat(second.octets()).isGreaterThan(first.octets());
    }
    Stores.deleteTree(directory.resolve("b1"));
    assertThat(StoreVerification.of(copyOf("b2"), Stores.options()).findings()).isEmpty();
  }

  @Test
  void copiesThatAreMadeUnderLoadHoldAllThatWasCommittedBefore() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<String> committed = new ArrayList<>();
    List<List<String>> known = new ArrayList<>();
    try (RocksStore store = Stores.open(directory.resolve("data"))) {
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; !done.get(); i++) {
                  String text = i + " " + "x".repeat(i % 2000);
                  Stores.commit(store, Samples.append(Samples.ALICE, text));
                  synchronized (committed) {
                    committed.add(text);
                  }
                }
              });
      for (int i = 0; i < 3; i++) {
        synchronized (committed) {
          known.add(List.copyOf(committed));
        }
        store.backup(directory.resolve("b" + i), Optional.empty());
        store.compact();
      }
      done.set(true);
      load.get();
    }
    for (int i = 0; i < 3; i++) {
      Path copy = copyOf("b" + i);
      assertThat(StoreVerification.of(copy, Stores.options()).findings()).isEmpty();
      try (RocksStore restored = Stores.open(copy)) {
        List<String> texts =
            Samples.inbox(restored, Samples.ALICE).stream()
                .map(message -> Samples.text(restored, message.message()))
                .toList();
        assertThat(texts).hasSizeGreaterThanOrEqualTo(known.get(i).size());
        assertThat(texts).isEqualTo(committed.subList(0, texts.size()));
      }
    }
  }
}
