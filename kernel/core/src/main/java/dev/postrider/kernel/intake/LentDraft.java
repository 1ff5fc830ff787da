package dev.postrider.kernel.intake;

import dev.postrider.kernel.store.ContentDraft;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** A draft that a run may go on reading after the session closed it. */
final class LentDraft implements ContentDraft {
  private final ContentDraft draft;
  private final AtomicInteger holders = new AtomicInteger(1);

  LentDraft(ContentDraft draft) {
    this.draft = draft;
  }

  static LentDraft of(ContentDraft draft) {
    return draft instanceof LentDraft lent ? lent : new LentDraft(draft);
  }

  /** The store's own draft, which it may know how to keep without copying. */
  ContentDraft inner() {
    return draft;
  }

  /** One more {@link #close} is needed from here on. */
  void retain() {
    holders.incrementAndGet();
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    draft.write(octets, offset, length);
  }

  @Override
  public void finish() throws IOException {
    draft.finish();
  }

  @Override
  public long size() {
    return draft.size();
  }

  @Override
  public InputStream open(long offset) throws IOException {
    return draft.open(offset);
  }

  @Override
  public void close() {
    if (holders.decrementAndGet() == 0) {
      draft.close();
    }
  }
}
