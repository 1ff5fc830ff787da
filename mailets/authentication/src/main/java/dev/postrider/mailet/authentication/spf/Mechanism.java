package dev.postrider.mailet.authentication.spf;

import dev.postrider.plugin.Network;
import java.util.Optional;

/** What a directive looks at (RFC 7208 §5). Domains are empty where the current one is meant. */
sealed interface Mechanism {

  /** Everything. */
  record All() implements Mechanism {}

  /** What another policy lets pass. */
  record Include(MacroString domain) implements Mechanism {}

  /** The addresses of a name, as blocks. */
  record A(Optional<MacroString> domain, int bits4, int bits6) implements Mechanism {}

  /** The addresses of a domain's mail exchangers, as blocks. */
  record Mx(Optional<MacroString> domain, int bits4, int bits6) implements Mechanism {}

  /** The validated names of the client. */
  record Ptr(Optional<MacroString> domain) implements Mechanism {}

  /** An address block: {@code ip4} or {@code ip6}. */
  record Ip(Network network) implements Mechanism {}

  /** Whether a name has an IPv4 address. */
  record Exists(MacroString domain) implements Mechanism {}

  /** The name that is written in it. */
  default Optional<MacroString> name() {
    return switch (this) {
      case All _, Ip _ -> Optional.empty();
      case Include(MacroString domain) -> Optional.of(domain);
      case Exists(MacroString domain) -> Optional.of(domain);
      case A a -> a.domain();
      case Mx mx -> mx.domain();
      case Ptr ptr -> ptr.domain();
    };
  }

  /** Whether it counts among the terms that ask the DNS (§4.6.4). */
  default boolean asks() {
    return switch (this) {
      case All _, Ip _ -> false;
      case Include _, A _, Mx _, Ptr _, Exists _ -> true;
    };
  }
}
