package dev.postrider.mailet.standard;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes all header fields of the given names, as RemoveMimeHeader of Apache James does. */
@Doc("Removes every header field of these names; names don't depend on case.")
@Does(Action.EDIT_HEADERS)
public final class RemoveHeader implements Mailet {

  private final Set<String> names;

  /**
   * Removes fields.
   *
   * @throws IllegalArgumentException when no name is given or one is no field name
   */
  public RemoveHeader(
      @Param(name = "name", doc = "The names, separated by commas; at least one.")
          List<String> names) {
    names.forEach(name -> HeaderField.of(name, ""));
    this.names =
        Given.some("name", names).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Outcome process(Mail mail) {
    return Outcome.next(
        mail.withHeaders(
            headers ->
                new Headers(
                    headers.fields().stream()
                        .filter(field -> !names.contains(field.name().toLowerCase(Locale.ROOT)))
                        .toList())));
  }
}
