package dev.postrider.protocol.pop3;

import dev.postrider.kernel.mailbox.MailboxMessage;
import java.util.List;

/**
 * The messages of a session, numbered from 1 in the order of their uids.
 *
 * @param messages the snapshot taken at login
 * @param uidValidity see {@link dev.postrider.kernel.mailbox.MailStore#uidValidity}
 * @param octets of all messages together
 */
record Listing(List<MailboxMessage> messages, long uidValidity, long octets) {

  static Listing of(List<MailboxMessage> messages, long uidValidity) {
    long octets = messages.stream().mapToLong(message -> message.message().size()).sum();
    return new Listing(List.copyOf(messages), uidValidity, octets);
  }

  int count() {
    return messages.size();
  }

  MailboxMessage message(int number) {
    return messages.get(number - 1);
  }

  long size(int number) {
    return message(number).message().size();
  }

  /** RFC 1939 §7: 1 to 70 printable characters, the same for a message in every session. */
  String uniqueId(int number) {
    return uidValidity + "." + message(number).uid();
  }
}
