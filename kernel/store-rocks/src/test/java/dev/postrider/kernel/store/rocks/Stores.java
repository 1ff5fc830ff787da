package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.contracts.StateContract;
import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Opens stores for tests and fills them. */
final class Stores {

  private Stores() {}

  /** Small segments, no reserve, nothing in the background. */
  static RocksStoreOptions options() {
    return RocksStoreOptions.defaults(InstantSource.fixed(Samples.NOON))
        .withSegmentBytes(16 << 10)
        .withReserveBytes(0)
        .withMaintenanceInterval(Duration.ofHours(1));
  }

  static RocksStore open(Path directory) throws IOException {
    return open(directory, new FileDisk());
  }

  static RocksStore open(Path directory, Disk disk) throws IOException {
    return RocksStore.open(directory, options(), disk, new Random(1));
  }

  static void commit(Store store, Change... changes) {
    assertThat(store.commit(Batch.of(changes))).isInstanceOf(CommitResult.Committed.class);
  }

  /** Some of everything, with additions, replacements and removals. */
  static void fill(Store store, long seed, int rounds) {
    Random random = new Random(seed);
    commit(
        store,
        new Change.PutDomain(new LocalDomain("example.test")),
        new Change.PutAccount(new Account(Samples.ALICE, "hash", true)),
        new Change.PutAlias(new Alias("@example.test", List.of(Samples.BOB))));
    for (int i = 0; i < rounds; i++) {
      String id = seed + "-" + i;
      commit(store, Samples.spool("s" + id, Samples.NOON.plusSeconds(i), text(random)));
      SpoolEntry entry = store.spool().entry("s" + id).orElseThrow();
      if (random.nextInt(4) > 0) {
        commit(
            store,
            new Change.Unspool("s" + id),
            Samples.append(MailboxName.inbox(Samples.BOB), Samples.kept(entry.message())),
            Samples.fate("s" + id, Samples.NOON, Fate.DELIVERED));
      }
      commit(
          store,
          Samples.append(Samples.ALICE, text(random)),
          Samples.enqueue("q" + id, "a.test", text(random)));
      if (random.nextInt(3) > 0) {
        commit(store, new Change.Dequeue("q" + id, 0));
      }
      commit(
          store,
          new Change.Expunge(MailboxName.inbox(Samples.ALICE), Set.of(1L + random.nextInt(rounds))),
          StateContract.put("greylist", "k" + i % 8, i, (int) seed),
          new Change.RemoveState("greylist", "k" + i % 5));
    }
  }

  static String text(Random random) {
    return random
        .ints(random.nextInt(1500), 'a', 'z' + 1)
        .collect(StringBuilder::new, (out, c) -> out.append((char) c), StringBuilder::append)
        .toString();
  }

  static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  static List<Path> segments(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("segments"))) {
      return files.filter(file -> file.toString().endsWith(".seg")).sorted().toList();
    }
  }
}
