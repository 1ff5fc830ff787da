package dev.postrider.kernel.directory;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One more password of an account, for one program or device. It is made, not chosen: 24 letters
 * and digits, of which the first four, its mark, tell which one it is, so that a login costs one
 * hash however many there are.
 *
 * @param name unique for the account, such as {@code phone}
 * @param mark its first four characters; not secret
 * @param hash of all of them as a {@link PasswordHash} made it; never shown
 * @param uses what it may be used for; never empty
 * @param madeAt when
 */
public record AppPassword(String name, String mark, String hash, Set<Use> uses, Instant madeAt) {

  /** What an app password may be used for. */
  public enum Use {
    /** Sending. */
    SMTP,
    /** Fetching. */
    POP3
  }

  private static final int LENGTH = 24;
  private static final int MARK = 4;

  /** Copies the set. */
  public AppPassword {
    uses = Set.copyOf(uses);
  }

  /**
   * A password in the form in which it is hashed: without the dashes and blanks that people put in,
   * in lower case; empty for what is no app password.
   */
  public static Optional<String> canonical(String password) {
    if (password.length() > 3 * LENGTH) {
      return Optional.empty();
    }
    String bare = password.replace("-", "").replace(" ", "").toLowerCase(Locale.ROOT);
    boolean plain = bare.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    return plain && bare.length() == LENGTH ? Optional.of(bare) : Optional.empty();
  }

  /** The mark of a canonical password. */
  public static String markOf(String canonical) {
    return canonical.substring(0, MARK);
  }

  @Override
  public String toString() {
    return "app password '" + name + "' for " + uses;
  }
}
