package dev.postrider.kernel.directory;

import dev.postrider.plugin.EmailAddress;
import java.util.Set;

/** What the directory makes of an address. */
public sealed interface Resolution {

  /**
   * Mail for it is delivered here or forwarded.
   *
   * @param accounts local accounts that get a copy
   * @param forwards addresses elsewhere that get a copy
   * @param subaddress the part after the separator ({@code tag} of {@code bob+tag}), empty if none
   */
  record Local(Set<EmailAddress> accounts, Set<EmailAddress> forwards, String subaddress)
      implements Resolution {
    /** Copies the sets. */
    public Local {
      accounts = Set.copyOf(accounts);
      forwards = Set.copyOf(forwards);
    }
  }

  /** The domain is ours, the address is not known. */
  record Unknown() implements Resolution {}

  /** The domain is not ours. */
  record Remote() implements Resolution {}

  /** An alias leads to itself, too deep or to too many; an admin has to mend it. */
  record Broken(String reason) implements Resolution {}
}
