package dev.postrider.mailet.standard;

import dev.postrider.plugin.Domains;
import dev.postrider.plugin.Param;
import java.util.Set;
import java.util.stream.Collectors;

/** Domains as a parameter gives them. */
final class DomainSet {

  private DomainSet() {}

  /**
   * The domains in the form of {@link Domains#normalise}.
   *
   * @throws IllegalArgumentException when there is none or one is no domain
   */
  static Set<String> of(Set<String> texts) {
    return Given.some(Param.CONDITION, texts).stream()
        .map(text -> Domains.normalise(text.strip()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
