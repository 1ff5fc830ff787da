package dev.postrider.mailet.authentication.sender;

import dev.postrider.mailet.authentication.lookup.Lookups;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.ServerName;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the sending host called itself in HELO or EHLO (RFC 5321 §4.1.1.1). */
@Doc(
    "Checks the name that the sending host gave in HELO or EHLO: whether it is one, whether it is"
        + " this server's own, and where it leads.")
@Does({Action.SET_ANY_ATTRIBUTE, Action.REFUSE})
public final class HeloCheck implements Mailet {

  /** What can be wrong with it. */
  public enum Fault {
    /** It is this server's own name, or one of its domains. */
    OWN_NAME("you are not me"),
    /** It is an address literal, but of another address. */
    LITERAL("that is not your address"),
    /** It is neither a host name nor an address literal, or a name without a dot. */
    SYNTAX("that is no host name"),
    /** No such name has an address. Asks the DNS. */
    UNRESOLVED("that name has no address"),
    /** The name has addresses, but not the peer's. Asks the DNS. */
    MISMATCH("that name is not yours");

    private final String reason;

    Fault(String reason) {
      this.reason = reason;
    }
  }

  private final Dns dns;
  private final InstantSource clock;
  private final DirectoryView directory;
  private final ServerName server;
  private final Set<Fault> refuse;
  private final Set<Fault> note;

  /** Checks the name. */
  public HeloCheck(
      Dns dns,
      InstantSource clock,
      DirectoryView directory,
      ServerName server,
      @Param(
              name = "refuse",
              doc =
                  "Faults for which a mail is refused; none where it is empty. own-name: this"
                      + " server's name or one of its domains; literal: another host's address;"
                      + " syntax: no host name; unresolved: a name without address; mismatch: a name"
                      + " with other addresses (half of the honest hosts have such a name).",
              defaultValue = "own-name, literal")
          Set<Fault> refuse,
      @Param(
              name = "note",
              doc = "Faults that are only noted, as x-helo=fail. Others are not looked for.")
          Set<Fault> note) {
    this.dns = dns;
    this.clock = clock;
    this.directory = directory;
    this.server = server;
    this.refuse = Set.copyOf(refuse);
    this.note = Set.copyOf(note);
  }

  @Override
  public Outcome process(Mail mail) {
    Lookups lookups = Lookups.of(dns, clock, mail);
    Optional<Fault> found = fault(mail, lookups);
    Mail noted = lookups.noted(mail);
    if (found.filter(refuse::contains).isPresent()) {
      return new Outcome.Refuse(
          Status.permanent("5.7.1", "Your HELO is not accepted: " + found.get().reason));
    }
    return Outcome.next(
        found
            .filter(note::contains)
            .map(
                fault ->
                    Verdicts.add(
                        noted,
                        MethodResult.of("x-helo", "fail")
                            .withReason(fault.reason)
                            .with("smtp", "helo", mail.client().helo())))
            .orElse(noted));
  }

  private Optional<Fault> fault(Mail mail, Lookups lookups) {
    InetAddress client = mail.client().address();
    String helo = mail.client().helo();
    String name;
    try {
      name = Domains.normalise(helo);
    } catch (IllegalArgumentException _) {
      return Optional.of(Fault.SYNTAX);
    }
    if (name.startsWith("[")) {
      return isOf(name, client) ? Optional.empty() : Optional.of(Fault.LITERAL);
    }
    if (name.equals(server.name().toLowerCase(Locale.ROOT)) || directory.isLocalDomain(name)) {
      return Optional.of(Fault.OWN_NAME);
    }
    if (name.indexOf('.') < 0) {
      return Optional.of(Fault.SYNTAX);
    }
    boolean asks =
        refuse.contains(Fault.UNRESOLVED)
            || refuse.contains(Fault.MISMATCH)
            || note.contains(Fault.UNRESOLVED)
            || note.contains(Fault.MISMATCH);
    return asks ? lookedUp(name, client, lookups) : Optional.empty();
  }

  private static boolean isOf(String literal, InetAddress client) {
    String inner = literal.substring(1, literal.length() - 1);
    String bare = inner.startsWith("ipv6:") ? inner.substring("ipv6:".length()) : inner;
    return Network.parse(bare).base().equals(client);
  }

  private static Optional<Fault> lookedUp(String name, InetAddress client, Lookups lookups) {
    return switch (lookups.addresses(name)) {
      case DnsAnswer.Found<InetAddress>(var addresses, var _) ->
          addresses.contains(client) ? Optional.empty() : Optional.of(Fault.MISMATCH);
      case DnsAnswer.NoData<InetAddress> _, DnsAnswer.NoSuchName<InetAddress> _ ->
          Optional.of(Fault.UNRESOLVED);
      case DnsAnswer.Failed<InetAddress> _ -> Optional.empty();
    };
  }
}
