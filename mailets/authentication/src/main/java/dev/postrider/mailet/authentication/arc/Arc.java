package dev.postrider.mailet.authentication.arc;

import dev.postrider.mailet.authentication.dkim.VerifyPolicy;
import dev.postrider.mailet.authentication.lookup.Lookups;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.Dns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;

/** Checks the ARC chain of a mail and leaves a result. */
@Doc(
    "Checks the chain of those who handed the mail on (ARC, RFC 8617) and leaves a result: arc=none,"
        + " pass or fail, with the newest sealer as header.d.")
@Does(Action.SET_ANY_ATTRIBUTE)
public final class Arc implements Mailet {

  /** The method's name in results. */
  static final String METHOD = "arc";

  private final Dns dns;
  private final InstantSource clock;

  /** Checks with keys from the DNS. */
  public Arc(Dns dns, InstantSource clock) {
    this.dns = dns;
    this.clock = clock;
  }

  @Override
  public Outcome process(Mail mail) {
    Lookups lookups = Lookups.of(dns, clock, mail);
    ChainVerifier verifier = new ChainVerifier(lookups, clock, VerifyPolicy.STANDARD);
    try {
      ChainResult result = verifier.verify(mail.message());
      return Outcome.next(Verdicts.add(lookups.noted(mail), told(result)));
    } catch (IOException e) {
      throw new UncheckedIOException("the message can't be read", e);
    }
  }

  private static MethodResult told(ChainResult result) {
    MethodResult out = MethodResult.of(METHOD, result.status().word());
    if (!result.reason().isEmpty()) {
      out = out.withReason(result.reason());
    }
    if (result.status() == ChainStatus.PASS) {
      out =
          out.withComment("i=" + result.sealers().size())
              .with("header", "oldest-pass", Integer.toString(result.oldestPass()))
              .with("header", "d", result.sealers().getLast());
    }
    return out;
  }
}
