package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;

/** USER (RFC 1939 §7). Says the same whether the user exists or not. */
final class UserCommand implements Command<Pop3State.Authorization> {

  static final String TLS_FIRST = "[SYS/PERM] log in under TLS only";

  private final Replies replies;

  UserCommand(Replies replies) {
    this.replies = replies;
  }

  @Override
  public Step<Pop3State, Pop3Question> on(Pop3State.Authorization state, String argument) {
    if (!state.talk().tls()) {
      return replies.wrong(state, TLS_FIRST);
    }
    return argument.isBlank()
        ? replies.wrong(state, "USER takes a name")
        : replies.ok(new Pop3State.Authorization(state.talk(), argument), "now the password");
  }
}
