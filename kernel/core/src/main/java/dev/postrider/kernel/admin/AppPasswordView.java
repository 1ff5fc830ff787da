package dev.postrider.kernel.admin;

import dev.postrider.kernel.directory.AppPassword;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * An app password in words; neither it nor its hash is part of it.
 *
 * @param name as the admin gave it
 * @param uses protocols it may be used for, in lower case
 * @param madeAt when, as {@link java.time.Instant#toString}
 */
public record AppPasswordView(String name, List<String> uses, String madeAt) {

  /** Copies the list. */
  public AppPasswordView {
    uses = List.copyOf(uses);
  }

  static AppPasswordView of(AppPassword password) {
    return new AppPasswordView(
        password.name(),
        password.uses().stream().map(use -> use.name().toLowerCase(Locale.ROOT)).sorted().toList(),
        password.madeAt().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
