package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Reads and checksums the new contents of a batch on the thread that commits it, so that the
 * committer never runs anybody's streams. Content that is no draft of this store is copied.
 */
final class Preparation implements AutoCloseable {

  private final DraftPool drafts;
  private final IdentityHashMap<Content, Octets> fresh = new IdentityHashMap<>();
  private final List<SpillingDraft> copies = new ArrayList<>();

  Preparation(DraftPool drafts) {
    this.drafts = drafts;
  }

  IdentityHashMap<Content, Octets> read(Batch batch) throws IOException {
    for (Change change : batch.changes()) {
      if (change.octets().orElse(null) instanceof NewMessage.Fresh message
          && !fresh.containsKey(message.content())) {
        fresh.put(message.content(), octets(message.content()));
      }
    }
    for (Change change : batch.changes()) {
      if (change.octets().orElse(null) instanceof NewMessage.Fresh message) {
        checkOffset(message);
      }
    }
    return fresh;
  }

  private void checkOffset(NewMessage.Fresh message) throws IOException {
    Octets octets = fresh.get(message.content());
    if (octets == null || message.offset() < 0 || message.offset() > octets.length()) {
      throw new IOException("offset " + message.offset() + " lies outside the content");
    }
  }

  private Octets octets(Content content) throws IOException {
    if (content instanceof SpillingDraft draft) {
      return draft.octets();
    }
    SpillingDraft copy = drafts.draft();
    copies.add(copy);
    try (InputStream in = content.open()) {
      byte[] buffer = new byte[Math.clamp(content.size() + 1, 64, 64 << 10)];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        copy.write(buffer, 0, count);
      }
    }
    copy.finish();
    return copy.octets();
  }

  /** Removes the copies; call it when the commit has returned. */
  @Override
  public void close() {
    copies.forEach(SpillingDraft::close);
  }
}
