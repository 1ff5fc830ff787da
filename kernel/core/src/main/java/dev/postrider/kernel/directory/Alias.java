package dev.postrider.kernel.directory;

import dev.postrider.plugin.EmailAddress;
import java.util.List;
import java.util.Locale;

/**
 * Another name for one or more addresses: an alias, a group (several targets) or a catch-all.
 *
 * @param key {@code local@domain} folded, or {@code @domain} for everything in the domain that
 *     nothing else names
 * @param targets local or remote addresses, at least one
 */
public record Alias(String key, List<EmailAddress> targets) {

  /** Normalises the key and copies the list. */
  public Alias {
    key = normalisedKey(key);
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("the alias " + key + " has no target");
    }
  }

  /**
   * The form under which an alias is kept.
   *
   * @throws IllegalArgumentException when it is neither an address nor {@code @domain}
   */
  public static String normalisedKey(String text) {
    return text.startsWith("@")
        ? "@" + new LocalDomain(text.substring(1)).name()
        : EmailAddress.parse(text).folded().toString();
  }

  /** Whether this takes everything that nothing else in the domain names. */
  public boolean isCatchAll() {
    return key.startsWith("@");
  }

  /** The domain of the key. */
  public String domain() {
    return key.substring(key.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }
}
