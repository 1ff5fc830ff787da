package dev.postrider.mailet.authentication.dkim;

import dev.postrider.mailet.authentication.sender.Author;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Signs a mail for the domain of its author, with every key that the domain has. */
@Doc(
    "Signs the mail (DKIM, RFC 6376) for the domain in its From field, with every key of that domain"
        + " in the folder; without a key the mail goes on unsigned. Where somebody logged in, only"
        + " for the domain of the login or of the envelope's sender.")
@Does({Action.ADD_HEADERS, Action.SIGN})
public final class DkimSign implements Mailet {

  private static final Duration SHORTEST = Duration.ofHours(1);

  private final KeyRing keys;
  private final DkimSigner signer;
  private final Elsewhere elsewhere;

  /**
   * Signs with the keys of a folder.
   *
   * @throws IllegalArgumentException when the folder's name is none or the time is too short
   */
  public DkimSign(
      Secrets secrets,
      Elsewhere elsewhere,
      InstantSource clock,
      System.Logger logger,
      @Param(
              name = "keys",
              doc =
                  "The folder in conf with the keys, DOMAIN/SELECTOR.pem; 'postrider dkim' keeps it.",
              defaultValue = "dkim")
          String folder,
      @Param(
              name = "validFor",
              doc = "How long a signature holds (x=); longer than mail is tried to be sent.",
              defaultValue = "7d")
          Duration validFor,
      @Param(
              name = "alsoSign",
              doc = "More fields that are signed, and can't be added later, whether there or not.")
          List<String> alsoSign) {
    if (validFor.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "validFor is a time like 7d, 1h at least: mail is under way for that long");
    }
    alsoSign.forEach(name -> HeaderField.of(name, ""));
    List<String> oversigned =
        Stream.concat(SigningRules.OVERSIGNED.stream(), alsoSign.stream()).toList();
    secrets.folder(folder);
    this.keys = new KeyRing(secrets, folder, logger);
    this.elsewhere = elsewhere;
    this.signer =
        new DkimSigner(
            clock, new SigningRules(oversigned, SigningRules.SIGNED, Optional.of(validFor)));
  }

  @Override
  public Outcome process(Mail mail) {
    Optional<String> domain = Author.of(mail).certain().map(EmailAddress::domain);
    return Outcome.next(
        domain.isEmpty()
            ? mail
            : mail.withHeaders(headers -> with(headers, signatures(mail, domain.get()))));
  }

  // Keys and signatures are not of the mail's making: a replay repeats the signatures of then, and
  // a test of the pipeline, which states none, has none.
  private List<HeaderField> signatures(Mail mail, String domain) {
    try {
      return elsewhere.ask(
          "dkim signatures of " + domain,
          () -> signer.sign(mail.message(), allowed(mail, keys.of(domain))),
          SignatureLines::write,
          SignatureLines::read);
    } catch (IOException _) {
      return List.of();
    }
  }

  private static List<SigningKey> allowed(Mail mail, List<SigningKey> keys) {
    Optional<EmailAddress> login = mail.client().login();
    return login.isEmpty()
        ? keys
        : keys.stream()
            .filter(
                key ->
                    isFor(key, login.get())
                        || mail.sender().address().filter(from -> isFor(key, from)).isPresent())
            .toList();
  }

  private static boolean isFor(SigningKey key, EmailAddress address) {
    return address.domain().equals(key.domain()) || address.domain().endsWith("." + key.domain());
  }

  private static Headers with(Headers headers, List<HeaderField> signatures) {
    Headers out = headers;
    for (HeaderField each : signatures.reversed()) {
      out = out.withFirst(each);
    }
    return out;
  }
}
