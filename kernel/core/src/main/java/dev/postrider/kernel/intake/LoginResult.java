package dev.postrider.kernel.intake;

import dev.postrider.plugin.EmailAddress;
import java.util.Optional;

/** What a login came to. */
public sealed interface LoginResult {

  /**
   * Right.
   *
   * @param appPassword the name of the app password that was given instead of the main one
   * @param credential tells the password that was given from others that the account had or gets
   *     under the same name; says nothing about the password
   */
  record LoggedIn(EmailAddress account, Optional<String> appPassword, String credential)
      implements LoginResult {}

  /** Wrong user or password; which one is not told. */
  record Denied() implements LoginResult {}

  /** Can't be checked now, or too many failures from there: try later. */
  record NotNow() implements LoginResult {}
}
