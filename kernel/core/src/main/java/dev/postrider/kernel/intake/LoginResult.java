package dev.postrider.kernel.intake;

import dev.postrider.plugin.EmailAddress;

/** What a login came to. */
public sealed interface LoginResult {

  /** Right. */
  record LoggedIn(EmailAddress account) implements LoginResult {}

  /** Wrong user or password; which one is not told. */
  record Denied() implements LoginResult {}

  /** Can't be checked now, or too many failures from there: try later. */
  record NotNow() implements LoginResult {}
}
