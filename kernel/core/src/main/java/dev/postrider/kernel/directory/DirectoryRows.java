package dev.postrider.kernel.directory;

import dev.postrider.plugin.EmailAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the directory holds, read-only; rules are in {@link Directory}. Thread: any. Answers from
 * memory, so an event loop may call it.
 */
public interface DirectoryRows {

  /** A domain by its normalised name. */
  Optional<LocalDomain> domain(String name);

  /** An account by its address, any case. */
  Optional<Account> account(EmailAddress address);

  /** An alias by its normalised key. */
  Optional<Alias> alias(String key);

  /** All domains by name. */
  List<LocalDomain> domains();

  /** All accounts by address. */
  List<Account> accounts();

  /** All aliases by key. */
  List<Alias> aliases();
}
