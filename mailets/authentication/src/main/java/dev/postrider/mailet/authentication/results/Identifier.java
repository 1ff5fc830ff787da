package dev.postrider.mailet.authentication.results;

import dev.postrider.plugin.Domains;
import java.util.Locale;

/** Compares the names of those who check. */
final class Identifier {

  private Identifier() {}

  /** As a domain name where it is one, so that case, U-labels and a trailing dot don't matter. */
  static String canonical(String id) {
    try {
      return Domains.normalise(id);
    } catch (IllegalArgumentException _) {
      // Not a domain name: the name is compared as it is.
      return id.toLowerCase(Locale.ROOT);
    }
  }
}
