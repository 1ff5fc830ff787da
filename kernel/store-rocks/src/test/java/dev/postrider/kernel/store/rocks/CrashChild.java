package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The process that the crash test kills: commits from several threads, prints a line after each
 * acknowledgement, and compacts all the while, with a line for each time that a file went.
 */
final class CrashChild {

  private static final int THREADS = 8;

  private CrashChild() {}

  public static void main(String[] args) throws IOException {
    RocksStore store = Stores.open(Path.of(args[0]));
    String life = args[1];
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
    out.println("ready");
    out.flush();
    for (int i = 0; i < THREADS; i++) {
      String name = life + "-" + i;
      Thread.ofVirtual().start(() -> work(store, name, out));
    }
    while (store.statistics().messages() >= 0) {
      if (store.compact() > 0) {
        acknowledge(out, "C");
      }
    }
  }

  private static void work(RocksStore store, String name, PrintStream out) {
    Random random = new Random(name.hashCode());
    for (int i = 0; ; i++) {
      String id = name + "-" + i;
      String text = id + " " + Stores.text(random);
      if (i % 4 == 2) {
        deliverAndMove(store, name, id, text, out);
      } else if (i % 2 == 0) {
        if (committed(store, Samples.append(Samples.ALICE, text))) {
          acknowledge(out, "D " + id);
        }
      } else {
        spoolAndDeliver(store, id, text, out);
      }
      MailboxName junk = new MailboxName(Samples.BOB, name);
      committed(
          store, Samples.append(junk, Samples.fresh(text)), new Change.Expunge(junk, uid(i + 1)));
    }
  }

  private static void spoolAndDeliver(RocksStore store, String id, String text, PrintStream out) {
    if (!committed(store, Samples.spool(id, Samples.NOON, text))) {
      return;
    }
    acknowledge(out, "S " + id);
    SpoolEntry entry = store.spool().entry(id).orElseThrow();
    if (committed(
        store,
        new Change.Unspool(id),
        Samples.append(MailboxName.inbox(Samples.ALICE), Samples.kept(entry.message())),
        Samples.fate(id, Samples.NOON, Fate.DELIVERED))) {
      acknowledge(out, "D " + id);
    }
  }

  // Through a mailbox of its own, so that only the kill can come in between.
  private static void deliverAndMove(
      RocksStore store, String name, String id, String text, PrintStream out) {
    MailboxName box = new MailboxName(Samples.ALICE, name);
    if (!committed(store, Samples.append(box, Samples.fresh(text)))) {
      return;
    }
    acknowledge(out, "D " + id);
    SortedSet<Long> all =
        store.mail().messages(box).stream()
            .map(MailboxMessage::uid)
            .collect(Collectors.toCollection(TreeSet::new));
    committed(
        store,
        new Change.Move(box, store.mail().uidValidity(box), all, MailboxName.inbox(Samples.ALICE)));
  }

  private static Set<Long> uid(long uid) {
    return Set.of(uid);
  }

  private static boolean committed(RocksStore store, Change... changes) {
    return store.commit(Batch.of(changes)) instanceof CommitResult.Committed;
  }

  private static void acknowledge(PrintStream out, String line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}
