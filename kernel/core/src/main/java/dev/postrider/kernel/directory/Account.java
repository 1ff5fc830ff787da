package dev.postrider.kernel.directory;

import dev.postrider.plugin.EmailAddress;
import java.util.List;

/**
 * Somebody who has mailboxes and may log in.
 *
 * @param address folded; also the login name
 * @param passwordHash as a {@link PasswordHash} made it; never shown
 * @param enabled whether logging in is allowed; mail is delivered anyhow
 * @param appPasswords further passwords, each for one program
 */
public record Account(
    EmailAddress address, String passwordHash, boolean enabled, List<AppPassword> appPasswords) {

  /** Folds the address and copies the list. */
  public Account {
    address = address.folded();
    appPasswords = List.copyOf(appPasswords);
  }

  /** Without app passwords. */
  public Account(EmailAddress address, String passwordHash, boolean enabled) {
    this(address, passwordHash, enabled, List.of());
  }

  /** The same with other app passwords. */
  public Account withAppPasswords(List<AppPassword> others) {
    return new Account(address, passwordHash, enabled, others);
  }

  /** The same with another password. */
  public Account withPasswordHash(String other) {
    return new Account(address, other, enabled, appPasswords);
  }

  @Override
  public String toString() {
    return address + (enabled ? "" : " (disabled)");
  }
}
