package dev.postrider.benchmark.load;

import java.nio.ByteBuffer;

/** The client's side of one connection. Called by the selector's thread only. */
sealed interface Dialogue permits SmtpDialogue, Pop3Dialogue {

  /** TLS is there, after it was asked for in the dialogue. */
  void secured();

  /** Octets from the server; all of them are to be taken. */
  void received(ByteBuffer octets);

  /** The connection is gone. */
  void closed(String why);
}
