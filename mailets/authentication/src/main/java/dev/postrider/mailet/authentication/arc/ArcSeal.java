package dev.postrider.mailet.authentication.arc;

import dev.postrider.mailet.authentication.dkim.KeyRing;
import dev.postrider.mailet.authentication.dkim.SignatureLines;
import dev.postrider.mailet.authentication.dkim.SigningKey;
import dev.postrider.mailet.authentication.dkim.SigningRules;
import dev.postrider.mailet.authentication.dkim.VerifyPolicy;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.Secrets;
import dev.postrider.plugin.service.ServerName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds a set to the ARC chain of a mail that is handed on. */
@Doc(
    "Seals what the checks found for those who get the mail next (ARC, RFC 8617): for mail that is"
        + " handed on to other hosts, such as that of lists and forwardings. Put it behind all that"
        + " changes the mail. Without a key, or behind a chain that was broken before, the mail goes"
        + " on as it is.")
@Does({Action.ADD_HEADERS, Action.SIGN})
public final class ArcSeal implements Mailet {

  private static final SigningRules RULES =
      new SigningRules(
          List.of(),
          Stream.of(SigningRules.OVERSIGNED, SigningRules.SIGNED, List.of("DKIM-Signature"))
              .flatMap(List::stream)
              .toList(),
          Optional.empty());

  private final KeyRing keys;
  private final Elsewhere elsewhere;
  private final ServerName server;
  private final ChainVerifier verifier;
  private final Sealer sealer;
  private final Optional<String> domain;

  /**
   * Seals with the keys of a folder.
   *
   * @throws IllegalArgumentException when the folder's name or the domain is none
   */
  public ArcSeal(
      Secrets secrets,
      Elsewhere elsewhere,
      ServerName server,
      Dns dns,
      InstantSource clock,
      System.Logger logger,
      @Param(
              name = "keys",
              doc = "The folder in conf with the keys, the same as that of DkimSign.",
              defaultValue = "dkim")
          String folder,
      @Param(
              name = "domain",
              doc = "Who seals; the server's host name, or the next domain above it with a key.")
          Optional<String> domain) {
    secrets.folder(folder);
    this.keys = new KeyRing(secrets, folder, logger);
    this.elsewhere = elsewhere;
    this.server = server;
    this.verifier = new ChainVerifier(dns, clock, VerifyPolicy.STANDARD);
    this.sealer = new Sealer(clock, RULES);
    this.domain = domain.map(Domains::normalise);
  }

  @Override
  public Outcome process(Mail mail) {
    return Outcome.next(mail.withHeaders(headers -> with(headers, fields(mail))));
  }

  // As with signatures: a replay repeats those of then, a test of the pipeline has none.
  private List<HeaderField> fields(Mail mail) {
    String by = domain.orElseGet(server::name);
    try {
      return elsewhere.ask(
          "arc seal of " + by, () -> sealed(mail, by), SignatureLines::write, SignatureLines::read);
    } catch (IOException _) {
      return List.of();
    }
  }

  private List<HeaderField> sealed(Mail mail, String by) throws IOException {
    List<SigningKey> found = keys.of(by);
    if (found.isEmpty()) {
      return List.of();
    }
    List<MethodResult> results = new ArrayList<>(Verdicts.of(mail));
    Optional<ChainStatus> known =
        results.stream()
            .filter(each -> each.isOf(Arc.METHOD))
            .findFirst()
            .flatMap(each -> ChainStatus.of(each.result()));
    ChainStatus status = known.isPresent() ? known.get() : verifier.verify(mail.message()).status();
    if (known.isEmpty()) {
      results.add(MethodResult.of(Arc.METHOD, status.word()));
    }
    return sealer.seal(mail.message(), status, server.name(), results, found.getFirst());
  }

  private static Headers with(Headers headers, List<HeaderField> fields) {
    Headers out = headers;
    for (HeaderField each : fields.reversed()) {
      out = out.withFirst(each);
    }
    return out;
  }
}
