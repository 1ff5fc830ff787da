package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks for header fields as Apache James does: {@code Name}, {@code Name=value}, several joined
 * with {@code +}, which all have to be there. Unlike there, the value is compared with each field
 * of the name, not only with the first, and encoded words are decoded.
 */
@Doc(
    "Matches when all named header fields are there, with the given values where given: Name,"
        + " Name=value, or several joined with +. Case does not matter.")
@Decides(Fact.SENDERS_CHOICE)
public final class HasHeader implements Matcher {

  private record Wanted(String name, Optional<String> value) {}

  private final List<Wanted> wanted;

  /**
   * Looks for fields.
   *
   * @throws IllegalArgumentException when a name is no field name
   */
  public HasHeader(
      @Param(name = Param.CONDITION, doc = "Name, Name=value, or several joined with +.")
          String condition) {
    this.wanted = Stream.of(condition.split("\\+", -1)).map(HasHeader::wanted).toList();
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(wanted.stream().allMatch(each -> isThere(mail, each)));
  }

  private static boolean isThere(Mail mail, Wanted wanted) {
    return mail.message()
        .headers()
        .all(wanted.name())
        .anyMatch(
            field ->
                wanted.value().isEmpty()
                    || wanted.value().get().equalsIgnoreCase(field.decodedValue().strip()));
  }

  private static Wanted wanted(String text) {
    int equals = text.indexOf('=');
    String name = (equals < 0 ? text : text.substring(0, equals)).strip();
    HeaderField.of(name, "");
    return new Wanted(
        name, equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1).strip()));
  }
}
