package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.mailbox.MailboxName;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Looks at mailboxes, the directory, the ledger and the numbers that are kept beside the rows. */
final class CounterVerification {
  private final OverlaidRows rows;
  private final RowNames names;
  private final Findings findings;
  private final Map<Long, Long> nextUids = new HashMap<>();
  private long highestMailbox;
  private long highestValidity;
  private long highestFate;

  CounterVerification(OverlaidRows rows, RowNames names, Findings findings) {
    this.rows = rows;
    this.names = names;
    this.findings = findings;
  }

  /** To be run first: it also finds the names of mailboxes. */
  void mailboxes() throws IOException {
    Set<Long> known = new HashSet<>();
    read(
        Keys.MAILBOX,
        (key, row) -> {
          ByteReader name = new ByteReader(key, 1, key.length);
          MailboxName mailbox = new MailboxName(EnvelopeCodec.address(name), name.string());
          ByteReader in = new ByteReader(row).version(1);
          long number = in.varint();
          names.mailbox(number, mailbox);
          highestMailbox = Math.max(highestMailbox, number);
          highestValidity = Math.max(highestValidity, in.varint());
          if (!known.add(number)) {
            findings.counter(names.of(key), "another mailbox has its number " + number + " too");
          }
        });
    read(
        Keys.NEXT_UID,
        (key, row) -> {
          long number = new ByteReader(key, 1, key.length).fixed64();
          nextUids.put(number, new ByteReader(row).version(1).varint());
          if (!known.contains(number)) {
            findings.reference(names.of(key), "there is no mailbox of that number");
          }
        });
  }

  /** After the entries: whether each uid that is there was given by its mailbox. */
  void uids(Map<Long, Long> highest) {
    highest.forEach(
        (mailbox, uid) -> {
          long next = nextUids.getOrDefault(mailbox, 1L);
          if (next <= uid) {
            findings.counter(
                names.mailbox(mailbox),
                "the next uid is " + next + ", but message " + uid + " is there already");
          }
          if (!nextUids.containsKey(mailbox)) {
            findings.reference(
                names.mailbox(mailbox), "it holds messages, but is no mailbox of any account");
          }
        });
  }

  void directory() throws IOException {
    read(Keys.DOMAIN, (_, row) -> DirectoryCodec.domain(row));
    read(Keys.ACCOUNT, (_, row) -> DirectoryCodec.account(row));
    read(Keys.ALIAS, (_, row) -> DirectoryCodec.alias(row));
  }

  void state() throws IOException {
    read(
        Keys.STATE,
        (key, row) -> {
          StateCodec.value(row);
          if (new ByteReader(key, 1, key.length).string().isEmpty()) {
            findings.index(names.of(key), "the row belongs to no plugin");
          }
        });
  }

  void ledger() throws IOException {
    read(
        Keys.LEDGER,
        (key, row) -> {
          LedgerEntry entry = LedgerCodec.read(row);
          long number = new ByteReader(key, key.length - 8, key.length).fixed64();
          highestFate = Math.max(highestFate, number);
          ByteWriter other = new ByteWriter(64);
          Keys.ledgerByMail(other, entry.mailId(), entry.at(), number);
          if (rows.get(other.toBytes()) == null) {
            findings.reference(
                names.of(key), "it is not among the fates of mail " + entry.mailId());
          }
        });
    read(
        Keys.LEDGER_BY_MAIL,
        (key, _) -> {
          ByteWriter other = new ByteWriter(21).u8(Keys.LEDGER);
          other.raw(key, key.length - 20, 20);
          if (rows.get(other.toBytes()) == null) {
            findings.reference(names.of(key), "the ledger lacks it");
          }
        });
  }

  void counters(long messages, long highestContent) throws IOException {
    byte[] row = rows.get(Keys.counters(new ByteWriter(1)).toBytes());
    Counters counters;
    try {
      counters = row == null ? Counters.START : Counters.read(row);
    } catch (ByteReader.DamagedRow e) {
      findings.index("counters", "the row can't be read: " + e.getMessage());
      return;
    }
    above("next content", counters.nextContent(), highestContent);
    above("next mailbox", counters.nextMailbox(), highestMailbox);
    above("next fate", counters.nextFate(), highestFate);
    above("last uid validity", counters.lastValidity() + 1, highestValidity);
    if (counters.messages() != messages) {
      findings.counter(
          "counters",
          "%d messages are counted in the mailboxes, but %d are there"
              .formatted(counters.messages(), messages));
    }
  }

  private void above(String name, long value, long highest) {
    if (value <= highest) {
      findings.counter("counters", name + " is " + value + ", but " + highest + " is used already");
    }
  }

  /** Reads a row; damage is told by exceptions. */
  @FunctionalInterface
  private interface Reading {
    void row(byte[] key, byte[] row) throws IOException;
  }

  private void read(byte kind, Reading reading) throws IOException {
    rows.scan(
        kind,
        (key, row) -> {
          try {
            reading.row(key, row);
          } catch (ByteReader.DamagedRow | IllegalArgumentException e) {
            findings.index(names.of(key), "the row can't be read: " + e.getMessage());
          }
          return true;
        });
  }
}
