package dev.postrider.kernel.guard;

import java.net.InetAddress;

/** Where offences are told. Thread: any; must return at once. */
@FunctionalInterface
public interface Offences {

  /** Nobody listens. */
  Offences UNHEARD = (client, offence) -> {};

  /** A client did something wrong. */
  void offend(InetAddress client, Offence offence);

  /** Whether a client did so much wrong that it is not served now. */
  default boolean isBanned(InetAddress client) {
    return false;
  }
}
