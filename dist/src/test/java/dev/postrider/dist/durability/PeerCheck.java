package dev.postrider.dist.durability;

import dev.postrider.dist.client.RecordingSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What another host got, against what the clients were told. */
final class PeerCheck {
  private final Journal journal;

  PeerCheck(Journal journal) {
    this.journal = journal;
  }

  /**
   * What is wrong, in words. A mail comes twice only where a connection broke off between the
   * peer's answer and the note of it, and each connection has one mail under way.
   */
  List<String> problems(RecordingSink sink) {
    Map<String, Integer> copies = new HashMap<>();
    for (RecordingSink.Taken taken : sink.taken()) {
      taken
          .recipients()
          .forEach(to -> copies.merge(taken.subject() + " to " + to, 1, Integer::sum));
    }
    List<String> problems = new ArrayList<>();
    Set<String> removed = journal.takenFromQueue();
    for (Journal.Sent mail : journal.sent()) {
      if (!removed.contains(mail.id())) {
        for (String to : mail.posting().peers(mail.subject())) {
          if (!copies.containsKey(mail.subject() + " to " + to)) {
            problems.add("the peer did not get %s to %s".formatted(mail.subject(), to));
          }
        }
      }
    }
    List<String> twice = new ArrayList<>();
    copies.forEach(
        (what, count) -> {
          for (int i = 1; i < count; i++) {
            twice.add(what);
          }
        });
    if (twice.size() > sink.brokenOff()) {
      problems.add(
          "%d connections broke off, and these came twice: %s".formatted(sink.brokenOff(), twice));
    }
    return problems;
  }
}
