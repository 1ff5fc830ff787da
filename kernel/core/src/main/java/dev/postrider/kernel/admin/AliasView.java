package dev.postrider.kernel.admin;

import dev.postrider.kernel.directory.Alias;
import dev.postrider.plugin.EmailAddress;
import java.util.List;

/**
 * An alias, group or catch-all in words.
 *
 * @param key {@code local@domain} or {@code @domain}
 * @param targets addresses
 */
public record AliasView(String key, List<String> targets) {

  /** Copies the list. */
  public AliasView {
    targets = List.copyOf(targets);
  }

  static AliasView of(Alias alias) {
    return new AliasView(
        alias.key(), alias.targets().stream().map(EmailAddress::toString).toList());
  }
}
