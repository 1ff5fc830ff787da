package dev.postrider.kernel.directory;

import dev.postrider.plugin.Domains;

/**
 * A domain this server is responsible for.
 *
 * @param name normalised as {@link Domains#normalise} does
 */
public record LocalDomain(String name) {

  /** Normalises the name. */
  public LocalDomain {
    name = Domains.normalise(name);
  }
}
