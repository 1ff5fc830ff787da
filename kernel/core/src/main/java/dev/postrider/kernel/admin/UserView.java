package dev.postrider.kernel.admin;

import dev.postrider.kernel.directory.Account;

/**
 * An account in words; the password hash is not part of it.
 *
 * @param address also the login name
 * @param enabled whether logging in is allowed
 */
public record UserView(String address, boolean enabled) {

  static UserView of(Account account) {
    return new UserView(account.address().toString(), account.enabled());
  }
}
