package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.plugin.EmailAddress;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The mailboxes of all accounts, without their messages. Written by the committer only. */
final class MailboxHeap {

  /**
   * A mailbox.
   *
   * @param number under which its messages are kept
   * @param uidValidity see {@code MailStore}
   * @param nextUid of the message that comes next
   */
  record Mailbox(long number, long uidValidity, long nextUid) {}

  private final Map<EmailAddress, NavigableMap<String, Mailbox>> byOwner =
      new ConcurrentHashMap<>();

  @Nullable Mailbox find(MailboxName name) {
    NavigableMap<String, Mailbox> folders = byOwner.get(name.owner());
    return folders == null ? null : folders.get(name.folder());
  }

  List<MailboxName> of(EmailAddress owner) {
    EmailAddress folded = owner.folded();
    NavigableMap<String, Mailbox> folders = byOwner.get(folded);
    return folders == null
        ? List.of()
        : folders.keySet().stream().map(folder -> new MailboxName(folded, folder)).toList();
  }

  void put(MailboxName name, Mailbox mailbox) {
    byOwner
        .computeIfAbsent(name.owner(), _ -> new ConcurrentSkipListMap<>())
        .put(name.folder(), mailbox);
  }

  void remove(MailboxName name) {
    byOwner.computeIfPresent(
        name.owner(),
        (_, folders) -> {
          folders.remove(name.folder());
          return folders.isEmpty() ? null : folders;
        });
  }
}
