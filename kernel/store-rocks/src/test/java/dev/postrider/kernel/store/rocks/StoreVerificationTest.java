package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreVerificationTest extends VerificationFixture {

  private static Map<String, String> state(Path data) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            data.relativize(file).toString(),
            Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  @Test
  void aHealthyStoreIsCleanAndNothingInItIsChanged() throws IOException {
    Path data = copy();
    Map<String, String> before = state(data);

    VerificationReport report = verify(data);

    assertThat(report.findings()).isEmpty();
    assertThat(report.messages()).isPositive();
    assertThat(report.contents()).isPositive();
    assertThat(report.pending()).isZero();
    assertThat(state(data)).isEqualTo(before);
  }

  @Test
  void aStoreThatIsInUseIsRefusedAndItsLockStays() throws IOException {
    Path data = copy();
    try (RocksStore store = Stores.open(data)) {
      assertThatThrownBy(() -> verify(data))
          .isInstanceOf(StoreOpenException.class)
          .hasMessageContaining("in use by process");
      Stores.commit(store, Samples.append(Samples.ALICE, "goes on"));
      assertThat(Files.readString(data.resolve("LOCK")).strip())
          .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }
    assertThatThrownBy(() -> verify(directory.resolve("none")))
        .isInstanceOf(StoreOpenException.class);
  }

  @Test
  void whatAKillLeavesIsNoFinding() throws IOException {
    Path data = directory.resolve("data");
    Path older = directory.resolve("older");
    FaultyDisk disk = new FaultyDisk();
    try (RocksStore store = Stores.open(data, disk)) {
      Stores.fill(store, 1, 5);
    }
    Stores.copyTree(data.resolve("index"), older);
    try (RocksStore store = Stores.open(data, disk)) {
      Stores.fill(store, 2, 5);
    }
    Stores.deleteTree(data.resolve("index"));
    Files.move(older, data.resolve("index"));
    Path last = Stores.segments(data).getLast();
    byte[] torn = Files.readAllBytes(last);
    Files.write(last, Arrays.copyOfRange(torn, 60, 200), StandardOpenOption.APPEND);
    Files.write(data.resolve("tmp").resolve("draft1"), new byte[10]);

    VerificationReport report = verify(data);

    assertThat(report.findings()).isEmpty();
    assertThat(report.pending()).isPositive();
    Stores.open(data).close();
    VerificationReport afterwards = verify(data);
    assertThat(afterwards.findings()).isEmpty();
    assertThat(afterwards.pending()).isZero();
  }

  @Test
  void aMissingIndexIsNamedAndTheRestIsLookedAt() throws IOException {
    Path data = copy();
    Stores.deleteTree(data.resolve("index"));

    VerificationReport report = verify(data);

    assertThat(report.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains("missing"));
    assertThat(report.messages()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void aStoreIsCleanAfterWhateverItLivedThrough(long seed) throws IOException {
    Path data = directory.resolve("data");
    Random random = new Random(seed);
    FaultyDisk disk = new FaultyDisk();
    for (int life = 0; life < 3; life++) {
      try (RocksStore store = Stores.open(data, disk)) {
        for (int i = 0; i < 3; i++) {
          Stores.fill(store, random.nextLong(), 1 + random.nextInt(6));
          switch (random.nextInt(5)) {
            case 0 -> store.compact();
            case 1 -> Stores.commit(store, new Change.RemoveAccount(Samples.ALICE));
            case 2 -> {
              disk.failingSyncs.set(1);
              disk.failingTruncates.set(random.nextInt(2));
              store.commit(Batch.of(Samples.append(Samples.ALICE, Stores.text(random))));
              disk.failingTruncates.set(0);
              disk.failingSyncs.set(0);
            }
            default ->
                Stores.commit(
                    store, new Change.Expunge(MailboxName.inbox(Samples.BOB), Set.of(1L, 2L, 3L)));
          }
        }
      }
      disk.loseUnsynced(random);
      assertThat(verify(data).findings()).as("seed %s, life %s", seed, life).isEmpty();
      if (random.nextInt(3) == 0) {
        Stores.deleteTree(data.resolve("index"));
      }
    }
  }

  /** A segment that says where the one before it ends may go, but not what it says. */
  @Test
  void whatIsVoidStaysVoidWhenTheNextSegmentIsDeleted() throws IOException {
    Path data = directory.resolve("data");
    FaultyDisk disk = new FaultyDisk();
    try (RocksStore store = Stores.open(data, disk)) {
      Stores.commit(store, Samples.append(Samples.ALICE, "s".repeat(10 << 10)));
      disk.failingSyncs.set(1);
      disk.failingTruncates.set(1);
      CommitResult failed = store.commit(Batch.of(Samples.append(Samples.ALICE, "void")));
      assertThat(failed).isInstanceOf(CommitResult.Failed.class);
      Stores.commit(store, Samples.append(Samples.BOB, "x".repeat(20 << 10)));
      Stores.commit(store, new Change.Expunge(MailboxName.inbox(Samples.BOB), Set.of(1L)));
      assertThat(Stores.segments(data)).hasSize(3);
      store.compact();
      assertThat(Stores.segments(data)).hasSize(2);
    }
    disk.loseUnsynced(new Random(3));

    assertClean(data);
  }
}
