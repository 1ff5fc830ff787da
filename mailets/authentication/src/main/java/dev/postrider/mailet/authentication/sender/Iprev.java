package dev.postrider.mailet.authentication.sender;

import dev.postrider.mailet.authentication.lookup.Lookups;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether the names of the sending host's address lead back to it (RFC 8601 §3). */
@Doc(
    "Looks up the names of the sending host's address and whether one of them leads back to it, and"
        + " notes the result as iprev.")
@Does({Action.SET_ANY_ATTRIBUTE, Action.REFUSE})
public final class Iprev implements Mailet {

  private static final int NAMES = 5;

  /** What it comes to. */
  public enum Result {
    /** A name leads back. */
    PASS,
    /** There are names, none leads back. */
    FAIL,
    /** The DNS did not answer. */
    TEMPERROR,
    /** The address has no name. */
    PERMERROR
  }

  private final Dns dns;
  private final InstantSource clock;
  private final Set<Result> refuse;

  /** Checks the address of the peer. */
  public Iprev(
      Dns dns,
      InstantSource clock,
      @Param(
              name = "refuse",
              doc =
                  "Results for which a mail is refused, such as fail, permerror (no name at all);"
                      + " none where it is missing.")
          Set<Result> refuse) {
    this.dns = dns;
    this.clock = clock;
    this.refuse = Set.copyOf(refuse);
  }

  @Override
  public Outcome process(Mail mail) {
    InetAddress client = mail.client().address();
    Lookups lookups = Lookups.of(dns, clock, mail);
    MethodResult result = result(client, lookups).with("policy", "iprev", client.getHostAddress());
    Result outcome = Result.valueOf(result.result().toUpperCase(Locale.ROOT));
    if (refuse.contains(outcome)) {
      // RFC 7372 §3.3.
      return new Outcome.Refuse(
          outcome == Result.TEMPERROR
              ? Status.temporary("4.7.25", "The name of your address can't be looked up")
              : Status.permanent("5.7.25", "Your address has no name that leads back to it"));
    }
    return Outcome.next(Verdicts.add(lookups.noted(mail), result));
  }

  private static MethodResult result(InetAddress client, Lookups lookups) {
    return switch (lookups.reverse(client)) {
      case DnsAnswer.Found<String>(var names, var _) -> back(client, names, lookups);
      case DnsAnswer.NoData<String> _, DnsAnswer.NoSuchName<String> _ ->
          MethodResult.of("iprev", "permerror").withComment("no name");
      case DnsAnswer.Failed<String> _ -> MethodResult.of("iprev", "temperror");
    };
  }

  private static MethodResult back(InetAddress client, List<String> names, Lookups lookups) {
    boolean failed = false;
    for (String name : names.subList(0, Math.min(NAMES, names.size()))) {
      DnsAnswer<InetAddress> there =
          client.getAddress().length == 4 ? lookups.ipv4(name) : lookups.ipv6(name);
      if (there.records().contains(client)) {
        return MethodResult.of("iprev", "pass").withComment(name);
      }
      failed |= there instanceof DnsAnswer.Failed<InetAddress>;
    }
    return MethodResult.of("iprev", failed ? "temperror" : "fail").withComment(names.getFirst());
  }
}
