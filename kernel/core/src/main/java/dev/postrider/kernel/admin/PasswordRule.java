package dev.postrider.kernel.admin;

import dev.postrider.kernel.directory.Passwords;
import java.util.Optional;

/** Which passwords may be set. */
public final class PasswordRule {

  private static final int SHORTEST = 8;

  private PasswordRule() {}

  /** What stands against a password, in words; empty when nothing does. */
  public static Optional<String> objection(String password) {
    Optional<String> prepared = Passwords.prepared(password);
    if (prepared.isEmpty()) {
      return Optional.of(
          "that is no password: it is empty, longer than %d octets or holds control characters"
              .formatted(Passwords.MAX_OCTETS));
    }
    int length = prepared.get().codePointCount(0, prepared.get().length());
    return length < SHORTEST
        ? Optional.of(
            "the password has %d characters; it takes at least %d".formatted(length, SHORTEST))
        : Optional.empty();
  }
}
