package dev.postrider.dist.durability;

import java.util.List;
import java.util.Set;

/** A kind of mail that a load sends, and who has it in the end. */
enum Posting {
  LOCAL(List.of("alice@example.test"), Set.of("alice"), Set.of()),
  READ(List.of("carol@example.test"), Set.of("carol"), Set.of()),
  GROUP(List.of("team@example.test"), Set.of("alice", "bob"), Set.of()),
  ALIAS(List.of("boss@example.test"), Set.of("alice"), Set.of()),
  TWO_WAYS(List.of("alice@example.test", "team@example.test"), Set.of("alice", "bob"), Set.of()),
  FAR(List.of("y@far.test"), Set.of(), Set.of("y@far.test")),
  FORWARDED(List.of("away@example.test"), Set.of(), Set.of("z@far.test")),
  MIXED(List.of("bob@example.test", "y@far.test"), Set.of("bob"), Set.of("y@far.test")),
  /** The peer takes one recipient at once and the other at the third try. */
  HALF_AT_ONCE(
      List.of("y@far.test", "slow-%s@far.test"),
      Set.of(),
      Set.of("y@far.test", "slow-%s@far.test"));

  private final List<String> recipients;
  private final Set<String> mailboxes;
  private final Set<String> peers;

  Posting(List<String> recipients, Set<String> mailboxes, Set<String> peers) {
    this.recipients = recipients;
    this.mailboxes = mailboxes;
    this.peers = peers;
  }

  /** The addresses in the envelope of the mail of this subject. */
  List<String> recipients(String subject) {
    return recipients.stream().map(each -> each.formatted(subject)).toList();
  }

  /** The users who have one copy each. */
  Set<String> mailboxes() {
    return mailboxes;
  }

  /** The addresses elsewhere that get it. */
  List<String> peers(String subject) {
    return peers.stream().map(each -> each.formatted(subject)).toList();
  }
}
