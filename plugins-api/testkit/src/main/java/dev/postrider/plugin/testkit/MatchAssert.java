package dev.postrider.plugin.testkit;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Asserts on what a matcher answered.
 *
 * @param mail what it was given
 * @param matched what it answered
 */
public record MatchAssert(Mail mail, Set<Recipient> matched) {

  /** Every recipient matched. */
  public void matchesAll() {
    check(addresses(mail.all()));
  }

  /** No recipient matched. */
  public void matchesNothing() {
    check(Set.of());
  }

  /** Exactly these addresses matched. */
  public void matches(String... addresses) {
    check(Set.of(addresses));
  }

  private void check(Set<String> expected) {
    Set<String> actual = addresses(matched);
    if (!actual.equals(expected)) {
      throw new AssertionError("expected a match of " + expected + ", but matched were " + actual);
    }
  }

  private static Set<String> addresses(Set<Recipient> recipients) {
    return recipients.stream()
        .map(Recipient::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
