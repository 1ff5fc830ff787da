package dev.postrider.kernel.contracts;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.ContentId;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.Store;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plain entries for tests, and what one does with them all the time. */
public final class Samples {

  /** An instant to count from. */
  public static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

  /** A local account. */
  public static final EmailAddress ALICE = EmailAddress.parse("alice@example.test");

  /** Another one. */
  public static final EmailAddress BOB = EmailAddress.parse("bob@example.test");

  private static final StoredMessage IGNORED =
      new StoredMessage("", new ContentId("ignored"), 0, 0);

  private Samples() {}

  /** New content of these characters (ISO-8859-1). */
  public static NewMessage fresh(String text) {
    return new NewMessage.Fresh("", Content.of(text.getBytes(StandardCharsets.ISO_8859_1)), 0);
  }

  /** The same message again. */
  public static NewMessage kept(StoredMessage message) {
    return new NewMessage.Kept(message);
  }

  /** An addition to a mailbox at {@link #NOON}, without flags. */
  public static Change.Append append(MailboxName mailbox, NewMessage message) {
    return new Change.Append(mailbox, message, NOON, Set.of());
  }

  /** An addition to the inbox of an account. */
  public static Change.Append append(EmailAddress owner, String text) {
    return append(MailboxName.inbox(owner), fresh(text));
  }

  /** A spool entry that is due at an instant, with new content. */
  public static Change.Spool spool(String id, Instant nextAttempt, String text) {
    return new Change.Spool(spoolEntry(id, nextAttempt), fresh(text));
  }

  /** A spool entry that is due at an instant. */
  public static SpoolEntry spoolEntry(String id, Instant nextAttempt) {
    return new SpoolEntry(
        id,
        Client.local(),
        Envelope.of(ReversePath.of(ALICE), List.of(Recipient.of(BOB))),
        IGNORED,
        Map.of("note", "kept"),
        "root",
        NOON,
        0,
        nextAttempt,
        Optional.empty());
  }

  /** The same held for a reason. */
  public static SpoolEntry held(SpoolEntry entry, String reason) {
    return new SpoolEntry(
        entry.id(),
        entry.client(),
        entry.envelope(),
        entry.message(),
        entry.attributes(),
        entry.processor(),
        entry.receivedAt(),
        entry.attempts(),
        entry.nextAttempt(),
        Optional.of(reason));
  }

  /** A queue entry with new content. */
  public static Change.Enqueue enqueue(String id, String destination, String text) {
    return new Change.Enqueue(queueEntry(id, destination), fresh(text));
  }

  /** A queue entry that is due at {@link #NOON}. */
  public static QueueEntry queueEntry(String id, String destination) {
    EmailAddress recipient = new EmailAddress("someone", destination);
    return new QueueEntry(
        id,
        "mail-of-" + id,
        new Route.Direct(),
        destination,
        Envelope.of(ReversePath.of(ALICE), List.of(Recipient.of(recipient))),
        IGNORED,
        NOON,
        NOON,
        NOON.plus(Duration.ofDays(5)),
        0,
        false,
        "",
        Optional.empty(),
        0,
        Optional.empty());
  }

  /** A line of the ledger. */
  public static Change.RecordFate fate(String mailId, Instant at, Fate fate) {
    return new Change.RecordFate(
        new LedgerEntry(at, mailId, ReversePath.of(ALICE), BOB, fate, "a detail"));
  }

  /** The messages of the inbox of an account. */
  public static List<MailboxMessage> inbox(Store store, EmailAddress owner) {
    return store.mail().messages(MailboxName.inbox(owner));
  }

  /** All octets of a stored message, as ISO-8859-1. */
  public static String text(Store store, StoredMessage message) {
    try (InputStream in = store.open(message).open()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
