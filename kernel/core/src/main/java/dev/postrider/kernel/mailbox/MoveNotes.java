package dev.postrider.kernel.mailbox;

import dev.postrider.kernel.state.StateValue;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.ContentId;
import dev.postrider.kernel.store.Store;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.EmailAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves of messages that plugins still have to be told of, as the store keeps them. */
final class MoveNotes {

  /** Whose state in the store it is; no plugin can have this name. */
  static final String OWNER = "postrider/moves";

  /** How many wait at most. */
  static final int MOST = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(MoveNotes.class);

  /**
   * One of them.
   *
   * @param id grows from one to the next
   * @param message as it was before; its octets stay where they are
   */
  record Note(
      String id,
      MailboxName from,
      MailboxName to,
      boolean copied,
      StoredMessage message,
      Instant at) {}

  private final Store store;

  MoveNotes(Store store) {
    this.store = store;
  }

  /** How many more may be noted. */
  int room() {
    return MOST - store.state().keys(OWNER, "", "", MOST).size();
  }

  /** The ids of those that wait, oldest first. */
  List<String> waiting() {
    return store.state().keys(OWNER, "", "", 2 * MOST);
  }

  /** One that waits; empty where it can't be read. */
  Optional<Note> read(String id) {
    return store.state().value(OWNER, id).flatMap(value -> read(id, value.octets()));
  }

  /** Notes it. */
  static Change put(Note note) {
    return new Change.PutState(OWNER, note.id(), StateValue.of(write(note)));
  }

  /** Strikes these. */
  static List<Change> remove(List<String> ids) {
    List<Change> changes = new ArrayList<>();
    ids.forEach(id -> changes.add(new Change.RemoveState(OWNER, id)));
    return changes;
  }

  private static byte[] write(Note note) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(octets)) {
      out.writeUTF(note.from().owner().toString());
      out.writeUTF(note.from().folder());
      out.writeUTF(note.to().folder());
      out.writeBoolean(note.copied());
      Instant at = note.at();
      out.writeLong(at.getEpochSecond());
      out.writeInt(at.getNano());
      StoredMessage message = note.message();
      out.writeUTF(message.content().value());
      out.writeLong(message.offset());
      out.writeLong(message.size());
      out.write(message.head().getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException("the heap takes what is written", e);
    }
    return octets.toByteArray();
  }

  private static Optional<Note> read(String id, byte[] octets) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
      EmailAddress owner = EmailAddress.parse(in.readUTF());
      MailboxName from = new MailboxName(owner, in.readUTF());
      MailboxName to = new MailboxName(owner, in.readUTF());
      boolean copied = in.readBoolean();
      Instant at = Instant.ofEpochSecond(in.readLong(), in.readInt());
      ContentId content = new ContentId(in.readUTF());
      long offset = in.readLong();
      long size = in.readLong();
      String head = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      StoredMessage message = new StoredMessage(head, content, offset, size);
      return Optional.of(new Note(id, from, to, copied, message, at));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("the note {} of a moved message can't be read and is left out", id, e);
      return Optional.empty();
    }
  }
}
