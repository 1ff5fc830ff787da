package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An index in a folder for temporary files, for rows that are worked out and thrown away. */
final class ScratchIndex implements AutoCloseable {
  private final Path folder;
  private final Index index;

  private ScratchIndex(Path folder, Index index) {
    this.folder = folder;
    this.index = index;
  }

  static ScratchIndex make(long cacheBytes) throws IOException {
    Path folder = Files.createTempDirectory("postrider-verify");
    try {
      return new ScratchIndex(folder, Index.open(folder.resolve("index"), cacheBytes, true));
    } catch (IOException e) {
      DataDirectory.deleteTree(folder);
      throw e;
    }
  }

  Index index() {
    return index;
  }

  /** Adds the logged changes of a group. */
  void apply(byte[] changes) throws IOException {
    RowBuffer rows = new RowBuffer();
    rows.addLogged(changes);
    index.load(rows.toBatch());
  }

  @Override
  public void close() throws IOException {
    index.close();
    DataDirectory.deleteTree(folder);
  }
}
