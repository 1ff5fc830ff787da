package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the drafts of a store share: heap for all of them together, and the disk they spill to. A
 * draft that gets no heap goes to its file at once, so that many connections can't fill the heap
 * with mail. Thread: any.
 */
final class DraftPool {

  private static final int SHARE_OF_HEAP = 8;

  private final DataDirectory directory;
  private final FreeSpace space;
  private final int heapPerDraft;
  private final long heapInAll;
  private final AtomicLong heapInUse = new AtomicLong();

  DraftPool(DataDirectory directory, FreeSpace space, int heapPerDraft, long heapInAll) {
    this.directory = directory;
    this.space = space;
    this.heapPerDraft = heapPerDraft;
    this.heapInAll = heapInAll;
  }

  /** Drafts may have an eighth of the heap of this process. */
  static long shareOfHeap() {
    return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
  }

  SpillingDraft draft() {
    return new SpillingDraft(this);
  }

  int heapPerDraft() {
    return heapPerDraft;
  }

  /** Takes heap for a draft; false where there is none left. Given back by {@link #giveBack}. */
  boolean take(int octets) {
    long before = heapInUse.get();
    while (before + octets <= heapInAll) {
      if (heapInUse.compareAndSet(before, before + octets)) {
        return true;
      }
      before = heapInUse.get();
    }
    return false;
  }

  void giveBack(int octets) {
    heapInUse.addAndGet(-octets);
  }

  long heapInUse() {
    return heapInUse.get();
  }

  Path newFile() throws IOException {
    return directory.newDraftFile();
  }

  /** Drafts must not eat the reserve, which what is stored already needs. */
  void checkSpace() throws IOException {
    if (space.room() == 0) {
      throw new IOException("No space left on device above the reserve");
    }
  }
}
