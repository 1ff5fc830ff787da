package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;

/** STLS (RFC 2595 §4). What was said before, and what was sent along with it, is forgotten. */
final class StlsCommand implements Command<Pop3State.Authorization> {

  private final Replies replies;
  private final boolean offered;

  StlsCommand(Replies replies, boolean offered) {
    this.replies = replies;
    this.offered = offered;
  }

  @Override
  public Step<Pop3State, Pop3Question> on(Pop3State.Authorization state, String argument) {
    if (!argument.isEmpty()) {
      return replies.wrong(state, "STLS takes no argument");
    }
    if (state.talk().tls()) {
      return replies.wrong(state, "the connection is encrypted already");
    }
    return offered
        ? replies.startTls(state.talk())
        : replies.wrong(state, "[SYS/PERM] there is no TLS here");
  }
}
