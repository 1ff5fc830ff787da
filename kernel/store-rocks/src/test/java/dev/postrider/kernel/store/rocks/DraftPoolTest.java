package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many mails are received at a time, they hold no more heap than is set aside for them. */
class DraftPoolTest {

  private static final int PER_DRAFT = 64 << 10;
  private static final long IN_ALL = 10 * PER_DRAFT;

  @TempDir Path folder;
  private final FaultyDisk disk = new FaultyDisk();
  private DataDirectory directory;
  private DraftPool pool;

  private FreeSpace space;

  @BeforeEach
  void open() throws IOException {
    directory = DataDirectory.open(folder);
    space = new FreeSpace(disk, folder, 1000, System::nanoTime, Runnable::run);
    pool = new DraftPool(directory, space, PER_DRAFT, IN_ALL);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void manyDraftsHoldNoMoreHeapThanThePoolHasAndAllTheirOctets() throws IOException {
    Random random = new Random(1);
    List<SpillingDraft> drafts = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      byte[] octets = new byte[random.nextInt(2 * PER_DRAFT)];
      random.nextBytes(octets);
      SpillingDraft draft = pool.draft();
      for (int at = 0; at < octets.length; at += 1000) {
        draft.write(octets, at, Math.min(1000, octets.length - at));
        assertThat(pool.heapInUse()).isLessThanOrEqualTo(IN_ALL);
      }
      draft.finish();
      drafts.add(draft);
      contents.add(octets);
    }
    for (int i = 0; i < drafts.size(); i++) {
      try (InputStream in = drafts.get(i).open()) {
        assertThat(in.readAllBytes()).isEqualTo(contents.get(i));
      }
    }
    drafts.forEach(SpillingDraft::close);
    drafts.forEach(SpillingDraft::close);
    assertThat(pool.heapInUse()).isZero();
    assertThat(spilled()).isZero();
  }

  @Test
  void aSmallDraftNeedsNoFileAsLongAsThereIsHeap() throws IOException {
    try (SpillingDraft draft = pool.draft()) {
      draft.write(new byte[PER_DRAFT], 0, PER_DRAFT);
      assertThat(pool.heapInUse()).isEqualTo(PER_DRAFT);
      assertThat(spilled()).isZero();
      draft.write(new byte[1], 0, 1);
      assertThat(pool.heapInUse()).isZero();
      assertThat(spilled()).isOne();
    }
    assertThat(spilled()).isZero();
  }

  @Test
  void noDraftSpillsIntoTheReserve() {
    disk.usable.set(999);
    space.measure();
    try (SpillingDraft draft = pool.draft()) {
      assertThatThrownBy(() -> draft.write(new byte[PER_DRAFT + 1], 0, PER_DRAFT + 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left");
    }
    assertThat(pool.heapInUse()).isZero();
  }

  private long spilled() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(each -> each.getFileName().toString().startsWith("draft")).count();
    }
  }
}
