package dev.postrider.mailet.authentication.results;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.service.ServerName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Tells the readers of a mail what the checks found (RFC 8601): removes the Authentication-Results
 * fields that claim to be ours or have a version that is not known (§5), then writes one on top of
 * the header. Where the field is written, a mail that hides one behind what ends the header for us
 * is refused: it could not be removed, and others would read it.
 */
@Doc(
    "Writes what the checks before it found into an Authentication-Results field, and removes such"
        + " fields that came with the mail and claim to be from this server. Where it writes, it"
        + " refuses a mail that hides such a field behind a line that is no header field.")
@Does({Action.EDIT_HEADERS, Action.ADD_HEADERS, Action.REFUSE})
public final class AuthenticationResults implements Mailet {

  /** The field's name. */
  public static final String FIELD = "Authentication-Results";

  private static final Status HIDDEN =
      Status.permanent(
          "5.6.0", "A field Authentication-Results stands behind a line that is no header field");

  private final ServerName server;
  private final Optional<String> authservId;
  private final boolean write;

  /**
   * Writes under a name.
   *
   * @throws IllegalArgumentException when the name is no token
   */
  public AuthenticationResults(
      ServerName server,
      @Param(
              name = "authservId",
              doc =
                  "Who checked; the same on all servers whose word readers of this mail trust. The"
                      + " server's host name where it is missing.")
          Optional<String> authservId,
      @Param(
              name = "write",
              doc =
                  "Whether the field is written; where not, only those are removed that claim to be"
                      + " from this server.",
              defaultValue = "true")
          boolean write) {
    if (authservId.isPresent() && !Printable.isToken(authservId.get())) {
      throw new IllegalArgumentException(
          "authservId is a name like mail.example.org, not '" + authservId.get() + "'");
    }
    this.server = server;
    this.authservId = authservId;
    this.write = write;
  }

  @Override
  public Outcome process(Mail mail) {
    String id = authservId.orElseGet(server::name);
    if (!write) {
      return Outcome.next(mail.withHeaders(headers -> withoutForged(headers, id)));
    }
    if (isHidden(mail)) {
      return new Outcome.Refuse(HIDDEN);
    }
    HeaderField field = HeaderField.of(FIELD, new ResultsField(id, Verdicts.of(mail)).toString());
    return Outcome.next(mail.withHeaders(headers -> withoutForged(headers, id).withFirst(field)));
  }

  private static boolean isHidden(Mail mail) {
    try {
      return mail.message().hides(FIELD);
    } catch (IOException e) {
      throw new UncheckedIOException("the message of mail " + mail.id() + " can't be read", e);
    }
  }

  private static Headers withoutForged(Headers headers, String id) {
    return headers.contains(FIELD)
        ? new Headers(
            headers.fields().stream()
                .filter(field -> !field.is(FIELD) || isOfOthers(field, id))
                .toList())
        : headers;
  }

  // What can't be read might be read by others as ours; versions that are not known go too (§5).
  private static boolean isOfOthers(HeaderField field, String id) {
    return isOfOthers(field.value(), id) && isOfOthers(field.decodedValue(), id);
  }

  private static boolean isOfOthers(String value, String id) {
    return ResultsField.read(value)
        .map(ResultsField::authservId)
        .filter(other -> !canonical(other).equals(canonical(id)))
        .isPresent();
  }

  private static String canonical(String id) {
    return Identifier.canonical(id);
  }
}
