package dev.postrider.kernel.directory;

import dev.postrider.plugin.EmailAddress;

/**
 * Somebody who has mailboxes and may log in.
 *
 * @param address folded; also the login name
 * @param passwordHash as a {@link PasswordHash} made it; never shown
 * @param enabled whether logging in is allowed; mail is delivered anyhow
 */
public record Account(EmailAddress address, String passwordHash, boolean enabled) {

  /** Folds the address. */
  public Account {
    address = address.folded();
  }

  @Override
  public String toString() {
    return address + (enabled ? "" : " (disabled)");
  }
}
