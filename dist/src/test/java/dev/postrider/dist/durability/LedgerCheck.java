package dev.postrider.dist.durability;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Store;
import dev.postrider.kernel.store.rocks.RocksStore;
import dev.postrider.kernel.store.rocks.RocksStoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The books: each recipient of each mail that was taken has exactly one fate, or still waits. */
final class LedgerCheck {
  private static final Set<Fate> PASSING = EnumSet.of(Fate.QUEUED, Fate.HELD);
  private static final List<Fate> OVERTAKEN = List.of(Fate.RELAYED, Fate.REMOVED);

  private final Journal journal;

  LedgerCheck(Journal journal) {
    this.journal = journal;
  }

  /** What is wrong, in words; the server must not run. */
  List<String> problems(Path home) throws IOException {
    Map<String, List<Fate>> fates = new HashMap<>();
    Set<String> waiting = new HashSet<>();
    try (Store store =
        RocksStore.open(home.resolve("data"), RocksStoreOptions.defaults(InstantSource.system()))) {
      for (LedgerEntry entry : store.ledger().since(Instant.EPOCH, Integer.MAX_VALUE)) {
        if (!PASSING.contains(entry.fate())) {
          fates
              .computeIfAbsent(entry.mailId() + " to " + entry.recipient(), _ -> new ArrayList<>())
              .add(entry.fate());
        }
      }
      for (QueueEntry entry : store.outbound().list("", Integer.MAX_VALUE)) {
        entry.envelope().recipients().forEach(to -> waiting.add(entry.mailId() + " to " + to));
      }
      for (SpoolEntry entry : store.spool().list("", Integer.MAX_VALUE)) {
        entry.envelope().recipients().forEach(to -> waiting.add(entry.id() + " to " + to));
      }
    }
    List<String> problems = new ArrayList<>();
    for (Journal.Sent mail : journal.sent()) {
      for (String to : addresses(mail)) {
        String what = mail.id() + " to " + to;
        List<Fate> found = fates.getOrDefault(what, List.of());
        if (!balances(mail, found, waiting.contains(what))) {
          problems.add(
              "%s, subject %s, %s has the fates %s"
                  .formatted(
                      what,
                      mail.subject(),
                      waiting.contains(what) ? "which waits," : "which does not wait,",
                      found));
        }
      }
    }
    return problems;
  }

  /** Whose fate is booked under their own name: not an alias that only leads elsewhere. */
  private static Set<String> addresses(Journal.Sent mail) {
    Stream<String> local =
        mail.posting().mailboxes().isEmpty()
            ? Stream.of()
            : mail.posting().recipients(mail.subject()).stream();
    return Stream.concat(local, mail.posting().peers(mail.subject()).stream())
        .collect(Collectors.toSet());
  }

  private boolean balances(Journal.Sent mail, List<Fate> found, boolean waits) {
    // What an administrator removes while it is being sent may still arrive.
    boolean overtaken =
        journal.takenFromQueue().contains(mail.id())
            && found.size() == 2
            && found.containsAll(OVERTAKEN);
    return waits ? found.isEmpty() : found.size() == 1 || overtaken;
  }
}
