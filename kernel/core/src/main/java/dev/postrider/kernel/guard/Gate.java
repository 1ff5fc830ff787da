package dev.postrider.kernel.guard;

import java.net.InetAddress;

/** Asked about each connection before anything else. Thread: any; answers from memory. */
@FunctionalInterface
public interface Gate {

  /** Lets everybody in. */
  Gate WIDE_OPEN = client -> Admittance.OPEN;

  /** Whether this client is let in; asking counts the connection. */
  Admittance admit(InetAddress client);
}
