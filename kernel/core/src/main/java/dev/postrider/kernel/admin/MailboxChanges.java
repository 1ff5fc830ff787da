package dev.postrider.kernel.admin;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.mailbox.MessageMoves;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into mailboxes of users and moves messages in them. */
final class MailboxChanges {

  private static final Logger LOG = LoggerFactory.getLogger(MailboxChanges.class);
  private static final int MOST_LISTED = 1000;

  private final Store store;
  private final MessageMoves moves;

  MailboxChanges(Store store, MessageMoves moves) {
    this.store = store;
    this.moves = moves;
  }

  Optional<List<MailboxView>> mailboxes(String address) {
    return owner(address)
        .map(
            owner ->
                store.mail().mailboxes(owner).stream()
                    .map(name -> new MailboxView(name.folder(), store.mail().messages(name).size()))
                    .toList());
  }

  Optional<List<MessageView>> messages(String address, String folder) {
    return owner(address).flatMap(owner -> name(owner, folder)).map(this::messages);
  }

  private List<MessageView> messages(MailboxName mailbox) {
    List<MailboxMessage> all = store.mail().messages(mailbox);
    return all.subList(Math.max(0, all.size() - MOST_LISTED), all.size()).stream()
        .map(this::view)
        .toList();
  }

  private MessageView view(MailboxMessage message) {
    Headers headers = headers(message);
    return new MessageView(
        message.uid(),
        message.message().size(),
        message.arrivedAt().toString(),
        message.flags().stream().sorted().toList(),
        headers.first("From").map(HeaderField::decodedValue).orElse(""),
        headers.first("Subject").map(HeaderField::decodedValue).orElse(""));
  }

  // It may be removed while the list is made.
  private Headers headers(MailboxMessage message) {
    try {
      return Message.read(store.open(message.message())).headers();
    } catch (IOException | UncheckedIOException e) {
      LOG.info("message {} can't be read for a list", message.uid(), e);
      return Headers.EMPTY;
    }
  }

  AdminAnswer move(String address, String folder, List<Long> uids, String target) {
    Optional<EmailAddress> owner = owner(address);
    if (owner.isEmpty()) {
      return AdminAnswer.unknown("there is no user " + Text.shown(address));
    }
    Optional<MailboxName> from = name(owner.get(), folder);
    Optional<MailboxName> to = name(owner.get(), target);
    if (from.isEmpty() || to.isEmpty()) {
      String wrong = from.isEmpty() ? folder : target;
      return AdminAnswer.invalid("'" + Text.shown(wrong) + "' is not a folder name");
    }
    if (uids.isEmpty()) {
      return AdminAnswer.invalid("name the numbers of the messages; 'mailbox list' shows them");
    }
    long validity = store.mail().uidValidity(from.get());
    SortedSet<Long> missing = new TreeSet<>(uids);
    store.mail().messages(from.get()).forEach(message -> missing.remove(message.uid()));
    if (!missing.isEmpty()) {
      return AdminAnswer.unknown(
          "there is no message %s in %s; 'mailbox list' shows what there is"
              .formatted(missing.first(), from.get()));
    }
    SortedSet<Long> all = new TreeSet<>(uids);
    String done =
        "moved %d %s of %s from %s to %s"
            .formatted(
                all.size(),
                all.size() == 1 ? "message" : "messages",
                owner.get(),
                from.get().folder(),
                to.get().folder());
    AdminAnswer answer = Commits.answer(done, moves.move(from.get(), validity, all, to.get()));
    if (answer instanceof AdminAnswer.Done) {
      LOG.info("an administrator {}: {}", done, all);
    }
    return answer;
  }

  private Optional<EmailAddress> owner(String address) {
    return EmailAddress.tryParse(address).flatMap(store.directory()::account).map(Account::address);
  }

  private static Optional<MailboxName> name(EmailAddress owner, String folder) {
    try {
      return Optional.of(new MailboxName(owner, folder));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
