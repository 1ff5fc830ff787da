package dev.postrider.mailet.authentication.spf;

import dev.postrider.plugin.Text;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * check_host() of RFC 7208.
 *
 * <p>Limits (§4.6.4): 10 terms that ask the DNS, 2 lookups that find nothing, 10 mail exchangers,
 * 10 names of a client, and a time for all of it, after which the result is TEMPERROR. At most 123
 * lookups are made.
 *
 * @param limit the time for one check
 * @param clock measures it
 */
public record SpfCheck(Duration limit, InstantSource clock) {

  /** What a policy that says less than this about the client comes to (§4.7). */
  private static final SpfAnswer NEUTRAL = SpfAnswer.of(SpfResult.NEUTRAL, "no term matches");

  /** Checks whether the client may use the domain. Thread: any. Failure: none, but as a result. */
  public SpfAnswer check(Dns dns, SpfIdentity identity) {
    return new Run(this, new SpfLookups(dns, clock, limit, identity.client()), identity).answer();
  }

  /** One check under way. */
  private record Run(SpfCheck check, SpfLookups lookups, SpfIdentity identity) {

    SpfAnswer answer() {
      try {
        return host(identity.domain(), true);
      } catch (SpfStop stop) {
        return stop.answer();
      }
    }

    /** The answer for a domain; the explanation only where it is wanted. */
    private SpfAnswer host(String domain, boolean explain) throws SpfStop {
      if (!SpfIdentity.isDomain(domain)) {
        return SpfAnswer.of(SpfResult.NONE, Text.shown(domain) + " is no domain");
      }
      Optional<SpfRecord> record = record(domain);
      if (record.isEmpty()) {
        return SpfAnswer.of(SpfResult.NONE, "no policy at " + domain);
      }
      for (Directive directive : record.get().directives()) {
        if (directive.mechanism().asks()) {
          lookups.countTerm();
        }
        if (canMatch(directive.mechanism().name()) && matches(directive.mechanism(), domain)) {
          SpfResult result = directive.result();
          return new SpfAnswer(
              result,
              Text.shown(directive.text()) + " of " + domain,
              explain && result == SpfResult.FAIL
                  ? explanation(record.get(), domain)
                  : Optional.empty());
        }
      }
      return record.get().redirect().isPresent() && canMatch(record.get().redirect())
          ? redirected(record.get().redirect().get(), domain, explain)
          : NEUTRAL;
    }

    private SpfAnswer redirected(MacroString to, String domain, boolean explain) throws SpfStop {
      lookups.countTerm();
      String target = name(to, domain);
      SpfAnswer answer = host(target, explain);
      return answer.result() == SpfResult.NONE
          ? SpfAnswer.of(SpfResult.PERMERROR, domain + " redirects to where no policy is")
          : answer;
    }

    private Optional<SpfRecord> record(String domain) throws SpfStop {
      List<String> found =
          switch (lookups.txt(domain)) {
            case DnsAnswer.Found<String>(var records, var _) ->
                records.stream().filter(SpfRecord::isOne).toList();
            case DnsAnswer.NoData<String> _, DnsAnswer.NoSuchName<String> _ -> List.<String>of();
            case DnsAnswer.Failed<String>(var reason) ->
                throw new SpfStop(SpfResult.TEMPERROR, reason);
          };
      if (found.size() > 1) {
        throw new SpfStop(SpfResult.PERMERROR, domain + " has several policies");
      }
      try {
        return found.isEmpty() ? Optional.empty() : Optional.of(SpfRecord.read(found.getFirst()));
      } catch (SpfSyntaxException e) {
        throw new SpfStop(SpfResult.PERMERROR, "policy of " + domain + ": " + e.getMessage());
      }
    }

    // RFC 8616 §4: the DNS has no names for local parts outside of ASCII.
    private boolean canMatch(Optional<MacroString> name) {
      return Text.isAscii(identity.localPart())
          || name.filter(MacroString::needsLocalPart).isEmpty();
    }

    private boolean matches(Mechanism mechanism, String domain) throws SpfStop {
      return switch (mechanism) {
        case Mechanism.All _ -> true;
        case Mechanism.Ip(var network) -> network.contains(identity.client());
        case Mechanism.Include(var other) -> includes(name(other, domain));
        case Mechanism.A a -> lookups.isAddressOf(target(a.domain(), domain), a.bits4(), a.bits6());
        case Mechanism.Mx mx ->
            lookups.isExchangerOf(target(mx.domain(), domain), mx.bits4(), mx.bits6());
        case Mechanism.Ptr ptr -> lookups.isNamedUnder(target(ptr.domain(), domain));
        case Mechanism.Exists(var name) -> lookups.exists(name(name, domain));
      };
    }

    private boolean includes(String domain) throws SpfStop {
      SpfAnswer answer = host(domain, false);
      return switch (answer.result()) {
        case PASS -> true;
        case FAIL, SOFTFAIL, NEUTRAL -> false;
        case NONE ->
            throw new SpfStop(
                SpfResult.PERMERROR, "a policy is included from where none is: " + answer.why());
        case TEMPERROR, PERMERROR -> throw new SpfStop(answer.result(), answer.why());
      };
    }

    private String target(Optional<MacroString> named, String domain) throws SpfStop {
      return named.isPresent() ? name(named.get(), domain) : domain;
    }

    private String name(MacroString text, String domain) throws SpfStop {
      return expansion(text, domain)
          .name(text)
          .orElseThrow(
              () ->
                  new SpfStop(
                      SpfResult.PERMERROR, "a name in the policy of " + domain + " is too long"));
    }

    private Expansion expansion(MacroString text, String domain) {
      String validated = text.needsValidatedName() ? lookups.validatedName(domain) : "unknown";
      return new Expansion(identity, domain, validated, check.clock().instant());
    }

    // Whatever is wrong with it, there is just no explanation (§6.2).
    private Optional<String> explanation(SpfRecord record, String domain) {
      if (record.explanation().isEmpty()) {
        return Optional.empty();
      }
      MacroString where = record.explanation().get();
      Optional<String> name = expansion(where, domain).name(where);
      List<String> texts = name.map(lookups::explanation).orElse(List.of());
      try {
        if (texts.size() != 1) {
          return Optional.empty();
        }
        MacroString text = MacroReader.explanation(texts.getFirst());
        return expansion(text, domain).expand(text).filter(Run::isPrintable);
      } catch (SpfSyntaxException _) {
        return Optional.empty();
      }
    }

    // Values come from the client and may be anything.
    private static boolean isPrintable(String text) {
      return !text.isBlank() && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
  }
}
