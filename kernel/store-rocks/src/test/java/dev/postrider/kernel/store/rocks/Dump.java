package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.EmailAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Everything that a store says, to compare it before and after. */
final class Dump {

  private Dump() {}

  static List<String> of(Store store) {
    List<String> lines = new ArrayList<>();
    for (EmailAddress owner : List.of(Samples.ALICE, Samples.BOB)) {
      for (MailboxName name : store.mail().mailboxes(owner)) {
        lines.add(name + " " + store.mail().uidValidity(name));
        for (MailboxMessage message : store.mail().messages(name)) {
          lines.add(message + Samples.text(store, message.message()));
        }
      }
    }
    for (SpoolEntry entry : store.spool().list("", 10_000)) {
      lines.add(entry + Samples.text(store, entry.message()));
    }
    lines.add(store.spool().nextDue() + " of " + store.spool().count());
    for (QueueEntry entry : store.outbound().list("", 10_000)) {
      lines.add(entry + Samples.text(store, entry.message()));
    }
    lines.add(store.outbound().summaries() + " of " + store.outbound().count());
    lines.add(store.directory().domains().toString());
    lines.add(store.directory().accounts().toString());
    lines.add(store.directory().aliases().toString());
    for (String key : store.state().keys("greylist", "", "", 100)) {
      byte[] value = store.state().value("greylist", key).orElseThrow().octets();
      lines.add(key + " " + Arrays.toString(value));
    }
    store.ledger().since(Instant.EPOCH, 10_000).forEach(entry -> lines.add(entry.toString()));
    return lines;
  }
}
