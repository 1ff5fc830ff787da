package dev.postrider.kernel.guard;

import dev.postrider.plugin.EmailAddress;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a login may send. Each limit may be used up at once and comes back evenly over a day; 0:
 * none.
 *
 * @param messages a day
 * @param recipients a day, each one of each message
 * @param newRecipients a day, elsewhere, that the login never wrote to before
 * @param burst new recipients within an hour, from a network that is new for the login, at which
 *     its mail is held; more where the login usually writes to many new ones
 * @param watched whether mail of logins that deviate from their history is held at all
 * @param exempt logins that are neither limited nor watched
 * @param notified who is told; nobody where it is empty
 */
public record SenderPolicy(
    int messages,
    int recipients,
    int newRecipients,
    int burst,
    boolean watched,
    Set<EmailAddress> exempt,
    Optional<EmailAddress> notified) {

  /** Folds and copies the logins and checks the signs. */
  public SenderPolicy {
    exempt = exempt.stream().map(EmailAddress::folded).collect(Collectors.toUnmodifiableSet());
    if (messages < 0 || recipients < 0 || newRecipients < 0 || burst < 1) {
      throw new IllegalArgumentException("the limits of senders can't be negative");
    }
  }

  /** 1000, 3000 and 500 a day; 30 in an hour; watched; nobody exempt, nobody told. */
  public static SenderPolicy defaults() {
    return new SenderPolicy(1000, 3000, 500, 30, true, Set.of(), Optional.empty());
  }
}
