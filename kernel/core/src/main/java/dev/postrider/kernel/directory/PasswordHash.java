package dev.postrider.kernel.directory;

/**
 * Makes and checks password hashes. Slow on purpose (tens of milliseconds, some MiB): never on an
 * event loop. Thread: any.
 */
public interface PasswordHash {

  /** A salted hash of the password in a self-describing form. */
  String hash(String password);

  /**
   * Whether the password has this hash; false for a hash that can't be read, after the time that
   * one made by {@link #hash} takes.
   */
  boolean matches(String password, String hash);
}
