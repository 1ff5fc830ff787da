package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.store.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A store that was in use, copied for each test, and what its verification finds. */
abstract class VerificationFixture {

  @TempDir static Path shared;
  static Path healthy;
  @TempDir Path directory;

  /** With deleted segments, a checkpoint, and rows both in files of the index and in its log. */
  @BeforeAll
  static void fill() throws IOException {
    healthy = shared.resolve("healthy");
    try (RocksStore store = Stores.open(healthy)) {
      Stores.fill(store, 1, 20);
      Stores.commit(store, new Change.RemoveAccount(Samples.BOB));
      store.compact();
      Stores.fill(store, 2, 20);
      store.index().flush();
      Stores.fill(store, 3, 5);
    }
    assertThat(Checkpoint.newest(healthy.resolve("segments"))).isNotNull();
  }

  Path copy() throws IOException {
    Path data = directory.resolve("data");
    Stores.copyTree(healthy, data);
    return data;
  }

  static VerificationReport verify(Path data) throws IOException {
    return StoreVerification.of(data, Stores.options());
  }

  static void assertClean(Path data) throws IOException {
    assertThat(verify(data).findings()).isEmpty();
  }

  static List<Map.Entry<byte[], byte[]>> rows(Path data, byte kind) throws IOException {
    List<Map.Entry<byte[], byte[]>> rows = new ArrayList<>();
    try (Index index = Index.openToRead(data.resolve("index"), 1 << 20)) {
      index.scan(Keys.prefix(kind), (key, row) -> rows.add(Map.entry(key, row)));
    }
    assertThat(rows).as("rows of kind %s", (char) kind).isNotEmpty();
    return rows;
  }
}
