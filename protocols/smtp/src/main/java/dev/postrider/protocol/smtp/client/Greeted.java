package dev.postrider.protocol.smtp.client;

import dev.postrider.kernel.outbound.Transport.Connected;
import dev.postrider.kernel.outbound.Transport.Reply;

/** What the beginning of a session came to. */
sealed interface Greeted {

  /** An answer for the kernel. */
  record Done(Connected connected) implements Greeted {}

  /** The peer offered TLS and could not do it; the connection is of no use any more. */
  record TlsFailed(Reply reply) implements Greeted {}
}
