package dev.postrider.kernel.contracts;

import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Change;
import dev.postrider.plugin.EmailAddress;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the messages that a batch moves are there, given what it did to mailboxes before. */
final class MemoryMoves {

  private record Place(MailboxName mailbox, long uid) {}

  private final Map<MailboxName, MemoryMailbox> mailboxes;
  private final Set<Place> gone = new HashSet<>();
  private final Set<EmailAddress> removed = new HashSet<>();

  MemoryMoves(Map<MailboxName, MemoryMailbox> mailboxes) {
    this.mailboxes = mailboxes;
  }

  /** What the change is in conflict with; to be asked of each change in turn. */
  @Nullable String conflict(Change change) {
    switch (change) {
      case Change.Expunge(var mailbox, var uids) ->
          uids.forEach(uid -> gone.add(new Place(mailbox, uid)));
      case Change.RemoveAccount(var address) -> removed.add(address.folded());
      case Change.Move(var from, long uidValidity, var uids, _) -> {
        MemoryMailbox box = removed.contains(from.owner()) ? null : mailboxes.get(from);
        if (box == null || box.uidValidity != uidValidity) {
          return "mailbox " + from + " is another one now";
        }
        for (long uid : uids) {
          if (!box.messages.containsKey(uid) || !gone.add(new Place(from, uid))) {
            return "message " + uid + " of " + from + " is gone";
          }
        }
      }
      default -> {
        // Others take no message away.
      }
    }
    return null;
  }
}
