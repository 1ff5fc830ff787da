package dev.postrider.mailet.authentication.spf;

import dev.postrider.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the terms of a policy (RFC 7208 §12) in one linear pass. */
final class RecordReader {

  private final String terms;
  private final List<Directive> directives = new ArrayList<>();
  private @Nullable MacroString redirect;
  private @Nullable MacroString explanation;

  RecordReader(String terms) {
    this.terms = terms;
  }

  SpfRecord read() throws SpfSyntaxException {
    int at = 0;
    while (at < terms.length()) {
      if (terms.charAt(at) == ' ') {
        at++;
        continue;
      }
      int end = terms.indexOf(' ', at);
      end = end < 0 ? terms.length() : end;
      term(terms.substring(at, end));
      at = end;
    }
    return new SpfRecord(
        directives, Optional.ofNullable(redirect), Optional.ofNullable(explanation));
  }

  private void term(String term) throws SpfSyntaxException {
    for (int i = 0; i < term.length(); i++) {
      if (term.charAt(i) <= ' ' || term.charAt(i) > '~') {
        throw new SpfSyntaxException("a character that does not go into a policy");
      }
    }
    int nameEnd = nameEnd(term);
    if (nameEnd < term.length() && term.charAt(nameEnd) == '=') {
      modifier(term, term.substring(0, nameEnd), term.substring(nameEnd + 1));
    } else {
      directive(term);
    }
  }

  private static int nameEnd(String term) {
    int at = 0;
    while (at < term.length() && isName(term.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isName(char c) {
    return isAlpha(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  }

  private static boolean isAlpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private void modifier(String term, String name, String value) throws SpfSyntaxException {
    if (name.isEmpty() || !isAlpha(name.charAt(0))) {
      throw wrong(term);
    }
    switch (name.toLowerCase(Locale.ROOT)) {
      case "redirect" -> {
        redirect = once(redirect, term, value);
      }
      case "exp" -> {
        explanation = once(explanation, term, value);
      }
      default -> MacroReader.text(value);
    }
  }

  private static MacroString once(@Nullable MacroString before, String term, String value)
      throws SpfSyntaxException {
    if (before != null) {
      throw wrong(term);
    }
    return MacroReader.domain(value);
  }

  private void directive(String term) throws SpfSyntaxException {
    SpfResult result =
        switch (term.charAt(0)) {
          case '-' -> SpfResult.FAIL;
          case '~' -> SpfResult.SOFTFAIL;
          case '?' -> SpfResult.NEUTRAL;
          default -> SpfResult.PASS;
        };
    String bare = result != SpfResult.PASS || term.charAt(0) == '+' ? term.substring(1) : term;
    int nameEnd = nameEnd(bare);
    String name = bare.substring(0, nameEnd).toLowerCase(Locale.ROOT);
    directives.add(new Directive(result, mechanism(term, name, bare.substring(nameEnd)), term));
  }

  private static Mechanism mechanism(String term, String name, String rest)
      throws SpfSyntaxException {
    return switch (name) {
      case "all" -> {
        if (!rest.isEmpty()) {
          throw wrong(term);
        }
        yield new Mechanism.All();
      }
      case "include" -> new Mechanism.Include(domain(term, rest));
      case "exists" -> new Mechanism.Exists(domain(term, rest));
      case "ptr" ->
          new Mechanism.Ptr(rest.isEmpty() ? Optional.empty() : Optional.of(domain(term, rest)));
      case "a" -> {
        Prefixes prefixes = Prefixes.of(rest);
        yield new Mechanism.A(optional(term, prefixes.before()), prefixes.four(), prefixes.six());
      }
      case "mx" -> {
        Prefixes prefixes = Prefixes.of(rest);
        yield new Mechanism.Mx(optional(term, prefixes.before()), prefixes.four(), prefixes.six());
      }
      case "ip4" -> new Mechanism.Ip(Prefixes.network(after(term, rest), 4));
      case "ip6" -> new Mechanism.Ip(Prefixes.network(after(term, rest), 6));
      default -> throw wrong(term);
    };
  }

  private static Optional<MacroString> optional(String term, String rest)
      throws SpfSyntaxException {
    return rest.isEmpty() ? Optional.empty() : Optional.of(domain(term, rest));
  }

  private static MacroString domain(String term, String rest) throws SpfSyntaxException {
    return MacroReader.domain(after(term, rest));
  }

  private static String after(String term, String rest) throws SpfSyntaxException {
    if (!rest.startsWith(":")) {
      throw wrong(term);
    }
    return rest.substring(1);
  }

  private static SpfSyntaxException wrong(String term) {
    return new SpfSyntaxException("'" + Text.shown(term) + "' is no term of a policy");
  }
}
