package dev.postrider.dist.durability;

import dev.postrider.dist.client.Maildrop;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is in the mailboxes, against what the clients were told. */
final class MailboxCheck {
  private final Journal journal;

  MailboxCheck(Journal journal) {
    this.journal = journal;
  }

  /** What is wrong, in words. */
  List<String> problems(RunningServer server) throws IOException, GeneralSecurityException {
    List<String> problems = new ArrayList<>();
    for (String user : List.of("alice", "bob", "carol")) {
      try (Maildrop drop =
          Maildrop.open(server.port("pop3s"), user + "@example.test", "postrider")) {
        check(user, drop.subjects(), problems);
      }
    }
    return problems;
  }

  private void check(String user, List<String> subjects, List<String> problems) {
    Map<String, Integer> copies = new HashMap<>();
    subjects.forEach(subject -> copies.merge(subject, 1, Integer::sum));
    copies.forEach(
        (subject, count) -> {
          if (count > 1) {
            problems.add("%s has %s %d times".formatted(user, subject, count));
          }
        });
    boolean reads = user.equals("carol");
    for (Journal.Sent mail : journal.sent()) {
      boolean deleted =
          reads
              && (journal.deleted().contains(mail.subject())
                  || journal.maybeDeleted().stream().anyMatch(s -> s.contains(mail.subject())));
      if (mail.posting().mailboxes().contains(user)
          && !deleted
          && !copies.containsKey(mail.subject())) {
        problems.add("%s does not have %s (%s)".formatted(user, mail.subject(), mail.id()));
      }
    }
    if (reads) {
      journal.deleted().stream()
          .filter(copies::containsKey)
          .forEach(subject -> problems.add("%s deleted %s and has it".formatted(user, subject)));
      for (Set<String> together : journal.maybeDeleted()) {
        long left = together.stream().filter(copies::containsKey).count();
        long gone = together.stream().filter(each -> !copies.containsKey(each)).count();
        boolean again = together.stream().anyMatch(journal.deleted()::contains);
        if (left > 0 && gone > 0 && !again) {
          problems.add("of one deletion only a part is done: " + together);
        }
      }
    }
  }
}
